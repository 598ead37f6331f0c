package dev.leantea.http;

/**
 * The request methods of RFC 9110 §9.3 and RFC 5789 (PATCH). Any other method is answered 501 by
 * every backend, before a handler sees it.
 */
public enum Method {
  GET,
  HEAD,
  POST,
  PUT,
  PATCH,
  DELETE,
  OPTIONS,
  TRACE,
  CONNECT
}
