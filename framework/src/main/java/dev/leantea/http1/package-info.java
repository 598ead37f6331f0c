/**
 * HTTP/1.1 (RFC 9112) without I/O: bytes in, exchanges, bytes out. Exported to LeanTea's own
 * backends only.
 *
 * <pre>
 *  received ─▶ Http1Connection ─▶ RequestReader ─▶ RequestParser ─▶ MessageFraming ─▶ Exchange
 *                                  HeadScanner      BodyDecoder ─▶ IncomingBody          │
 *  Wire ◀─ HeadWriter ◀─ ResponseEmitter ◀─ KeepAlive ◀─ Http1Channel ◀──────────────────┘
 * </pre>
 */
@NullMarked
package dev.leantea.http1;

import org.jspecify.annotations.NullMarked;
