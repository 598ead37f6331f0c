package dev.leantea.http1;

/** How a response says where its body ends (RFC 9112 §6.3). */
enum BodyFraming {
  /** There is no body, and the head says nothing of one. */
  NONE,
  /** By Content-Length. */
  FIXED,
  /** By the last chunk. */
  CHUNKED,
  /** By the end of the connection: a client of HTTP/1.0 knows no chunks. */
  UNTIL_CLOSE
}
