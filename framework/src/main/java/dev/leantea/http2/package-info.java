/**
 * HTTP/2 (RFC 9113) without I/O. Exported to LeanTea's own backends only.
 *
 * <pre>
 *  field block ─▶ HpackDecoder ─▶ HpackField (FieldName, value)
 *                 DynamicTable, StaticTable, FieldNames, HuffmanDecoder
 *  field block ◀─ HpackEncoder ◀─ Headers
 *                 EncoderTable, StaticTable, FieldNames, HuffmanEncoder
 * </pre>
 */
@NullMarked
package dev.leantea.http2;

import org.jspecify.annotations.NullMarked;
