/**
 * HTTP/2 (RFC 9113) without I/O. Exported to LeanTea's own backends only.
 *
 * <pre>
 *  PrefaceListener ─▶ Http2Connection ─▶ FrameReader ─▶ Http2Input ─▶ RequestInput ─▶ Exchange
 *                                                           │          RequestRules       │
 *                                                           ▼                             │
 *                                      Http2Stream: StreamInput ─▶ IncomingBody           │
 *  Wire ◀─ FrameWriter ◀─ Sender ◀──── Http2Stream: StreamOutput ◀────────────────────────┤
 *  Wire ◀─ ResponseHeads ◀────────────────────────────────────────────────────────────────┘
 *
 *  field block ─▶ HpackDecoder ─▶ HpackField (FieldName, value)
 *                 DynamicTable, StaticTable, FieldNames, HuffmanDecoder
 *  field block ◀─ HpackEncoder ◀─ Headers
 *                 EncoderTable, StaticTable, FieldNames, HuffmanEncoder
 *
 *  blocking backend: SharedListener, SharedOwner, SharedWire around an Http2Connection
 * </pre>
 */
@NullMarked
package dev.leantea.http2;

import org.jspecify.annotations.NullMarked;
