package dev.leantea.tracing;

import dev.leantea.http.CompletedExchange;
import dev.leantea.http.CompletedExchange.Outcome;
import dev.leantea.http.HttpVersion;
import dev.leantea.http.Method;
import dev.leantea.http.Request;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import java.net.InetSocketAddress;
import java.util.Locale;

/** The semantic conventions for HTTP server spans, version 1.23 and later (stable). */
final class SpanAttributes {
  private static final AttributeKey<String> METHOD = AttributeKey.stringKey("http.request.method");
  private static final AttributeKey<String> METHOD_ORIGINAL =
      AttributeKey.stringKey("http.request.method_original");
  private static final AttributeKey<String> PATH = AttributeKey.stringKey("url.path");
  private static final AttributeKey<String> QUERY = AttributeKey.stringKey("url.query");
  private static final AttributeKey<String> SCHEME = AttributeKey.stringKey("url.scheme");
  private static final AttributeKey<String> PROTOCOL_VERSION =
      AttributeKey.stringKey("network.protocol.version");
  private static final AttributeKey<String> PEER = AttributeKey.stringKey("network.peer.address");
  private static final AttributeKey<Long> PEER_PORT = AttributeKey.longKey("network.peer.port");
  private static final AttributeKey<String> CLIENT = AttributeKey.stringKey("client.address");
  private static final AttributeKey<String> SERVER = AttributeKey.stringKey("server.address");
  private static final AttributeKey<Long> SERVER_PORT = AttributeKey.longKey("server.port");
  private static final AttributeKey<String> USER_AGENT =
      AttributeKey.stringKey("user_agent.original");
  private static final AttributeKey<String> ROUTE = AttributeKey.stringKey("http.route");
  private static final AttributeKey<Long> STATUS =
      AttributeKey.longKey("http.response.status_code");
  private static final AttributeKey<Long> BODY_SIZE =
      AttributeKey.longKey("http.response.body.size");
  private static final AttributeKey<String> ERROR = AttributeKey.stringKey("error.type");

  private SpanAttributes() {}

  /** A method that is not a standard one must not make names without bound. */
  static String method(Request request) {
    return isStandard(request) ? request.method().toString() : "HTTP";
  }

  private static boolean isStandard(Request request) {
    return Method.standard().contains(request.method());
  }

  static void ofRequest(Span span, Request request) {
    span.setAttribute(METHOD, isStandard(request) ? request.method().toString() : "_OTHER");
    if (!isStandard(request)) {
      span.setAttribute(METHOD_ORIGINAL, request.method().toString());
    }
    span.setAttribute(PATH, request.path());
    if (!request.target().query().isEmpty()) {
      span.setAttribute(QUERY, request.target().query());
    }
    span.setAttribute(SCHEME, request.scheme());
    span.setAttribute(PROTOCOL_VERSION, version(request.version()));
    request.header("User-Agent").ifPresent(it -> span.setAttribute(USER_AGENT, it));
    ofServer(span, request.authority());
    ofPeer(span, request);
  }

  private static String version(HttpVersion version) {
    return version == HttpVersion.HTTP_2 ? "2" : version.toString().substring("HTTP/".length());
  }

  private static void ofServer(Span span, String authority) {
    int colon = authority.lastIndexOf(':');
    boolean port = colon >= 0 && colon > authority.lastIndexOf(']');
    String host = port ? authority.substring(0, colon) : authority;
    if (!host.isEmpty()) {
      span.setAttribute(SERVER, host);
    }
    String digits = port ? authority.substring(colon + 1) : "";
    if (digits.matches("[0-9]{1,5}")) {
      span.setAttribute(SERVER_PORT, Long.parseLong(digits));
    }
  }

  private static void ofPeer(Span span, Request request) {
    if (request.remoteAddress() instanceof InetSocketAddress peer && peer.getAddress() != null) {
      String address = peer.getAddress().getHostAddress();
      span.setAttribute(PEER, address);
      span.setAttribute(PEER_PORT, (long) peer.getPort());
      span.setAttribute(CLIENT, address);
    }
  }

  static void ofEnd(Span span, CompletedExchange exchange) {
    if (!exchange.route().isEmpty()) {
      String method = exchange.request().map(SpanAttributes::method).orElse("HTTP");
      span.updateName(method + " " + exchange.route());
      span.setAttribute(ROUTE, exchange.route());
    }
    if (exchange.status() != 0) {
      span.setAttribute(STATUS, (long) exchange.status());
    }
    span.setAttribute(BODY_SIZE, exchange.bytes());
    ofOutcome(span, exchange);
  }

  /** The conventions: what is the client's fault is no error of a server span. */
  private static void ofOutcome(Span span, CompletedExchange exchange) {
    boolean broken =
        exchange.outcome() == Outcome.ABORTED || exchange.outcome() == Outcome.DISCONNECTED;
    if (broken) {
      span.setAttribute(ERROR, exchange.outcome().name().toLowerCase(Locale.ROOT));
    } else if (exchange.status() >= 500) {
      span.setAttribute(ERROR, Integer.toString(exchange.status()));
    }
    if (exchange.outcome() == Outcome.ABORTED || exchange.status() >= 500) {
      span.setStatus(StatusCode.ERROR, exchange.reason());
    }
  }
}
