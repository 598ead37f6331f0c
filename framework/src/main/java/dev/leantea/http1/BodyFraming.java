package dev.leantea.http1;

/** How a response delimits its body (RFC 9112 §6.3). */
enum BodyFraming {
  /** There is no body, and no field about one. */
  NONE,
  /** By Content-Length. */
  FIXED,
  /** By the last chunk. */
  CHUNKED,
  /** By the end of the connection, for HTTP/1.0 clients, which have no chunked coding. */
  UNTIL_CLOSE
}
