/**
 * The HTTP/1.1 codec, without I/O: bytes in, requests out; responses in, bytes out. Exported to
 * LeanTea's own backends only.
 *
 * <pre>
 *  receive(bytes) ─▶ ReceiveBuffer ─▶ RequestParser ─▶ MessageFraming ─▶ Exchange ─▶ Handler
 *                                      HeadScanner      RequestBody                    │
 *                                      RequestLineParser  ▲ ChunkedDecoder             ▼
 *  Transport.send ◀─ OutputBuffer ◀─ ResponseWriter ◀─ KeepAlive ◀──────────────── Response
 *                    └──────────────── Http1Connection: the state machine ────────────────┘
 * </pre>
 */
@NullMarked
package dev.leantea.http1;

import org.jspecify.annotations.NullMarked;
