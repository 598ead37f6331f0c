/**
 * HTTP/1.1 (RFC 9112) without I/O: parses requests, runs their exchanges, writes responses.
 * Exported to LeanTea's own backends only.
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
