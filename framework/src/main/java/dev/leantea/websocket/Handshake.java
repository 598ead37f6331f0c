package dev.leantea.websocket;

import dev.leantea.http.Headers;
import dev.leantea.http.HttpException;
import dev.leantea.http.HttpVersion;
import dev.leantea.http.Method;
import dev.leantea.http.Request;
import dev.leantea.http.Response;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** The opening handshake (RFC 6455 §4.2). */
final class Handshake {
  private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  private static final String VERSION = "13";
  private static final int KEY_BYTES = 16;

  private Handshake() {}

  /** 101 with the session after it, or a refusal. */
  static Response answer(Request request, WebSocketOptions options, WebSocketHandler handler) {
    return refusal(request, options)
        .map(it -> it.toResponse(request))
        .orElseGet(() -> accept(request, options, handler));
  }

  /** RFC 6455 §4.2.1, item by item. */
  private static Optional<HttpException> refusal(Request request, WebSocketOptions options) {
    if (!request.method().equals(Method.GET)) {
      return Optional.of(HttpException.of(405, "websocket: expected GET").header("Allow", "GET"));
    }
    if (request.version().compareTo(HttpVersion.HTTP_1_1) < 0) {
      return refuse(400, "websocket: expected HTTP/1.1 or later");
    }
    if (!lists(request, "Upgrade", "websocket") || !lists(request, "Connection", "upgrade")) {
      return isHttp2(request)
          ? refuse(400, "websocket: expected CONNECT with :protocol websocket")
          : upgradeRequired("websocket: expected Upgrade: websocket and Connection: upgrade");
    }
    if (!request.headers().all("Sec-WebSocket-Version").equals(List.of(VERSION))) {
      return upgradeRequired("websocket: expected Sec-WebSocket-Version: " + VERSION);
    }
    if (!isHttp2(request) && !hasKey(request)) {
      return refuse(400, "websocket: expected one Sec-WebSocket-Key of 16 bytes in Base64");
    }
    if (!OriginCheck.allows(options.origins(), request)) {
      return refuse(403, "websocket: not from this origin");
    }
    return isWellFormed(request)
        ? Optional.empty()
        : refuse(400, "websocket: expected extensions and sub-protocols to be lists of tokens");
  }

  /** RFC 8441 §5: the request is a CONNECT, shown as a GET with Upgrade; there are no keys. */
  private static boolean isHttp2(Request request) {
    return request.version().compareTo(HttpVersion.HTTP_2) >= 0;
  }

  private static Optional<HttpException> refuse(int status, String message) {
    return Optional.of(new HttpException(status, message));
  }

  /** RFC 6455 §4.4: the versions that we speak; RFC 9110 §15.5.22: and the protocol. */
  private static Optional<HttpException> upgradeRequired(String message) {
    return Optional.of(
        HttpException.of(426, message)
            .header("Upgrade", "websocket")
            .header("Sec-WebSocket-Version", VERSION));
  }

  /** Whether the field's list, over all its lines, has this element, in any case. */
  private static boolean lists(Request request, String name, String element) {
    return request.headers().elements(name).stream().anyMatch(element::equalsIgnoreCase);
  }

  private static boolean hasKey(Request request) {
    List<String> keys = request.headers().all("Sec-WebSocket-Key");
    if (keys.size() != 1) {
      return false;
    }
    try {
      // Base64 without its padding is shorter: 16 bytes are 24 characters, and no fewer.
      return keys.getFirst().length() == 24
          && Base64.getDecoder().decode(keys.getFirst()).length == KEY_BYTES;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** RFC 6455 §9.1: what is not of the grammar fails the handshake. */
  private static boolean isWellFormed(Request request) {
    try {
      Extension.parse(request.headers().all("Sec-WebSocket-Extensions"));
      request.headers().elements("Sec-WebSocket-Protocol").forEach(Headers::requireName);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static Response accept(
      Request request, WebSocketOptions options, WebSocketHandler handler) {
    Optional<String> subprotocol = subprotocol(request, options);
    Optional<DeflateParameters> deflate = deflate(request, options);
    Response response =
        Response.upgrade(
            "websocket",
            connection -> WebSocketSession.run(connection, options, subprotocol, deflate, handler));
    if (!isHttp2(request)) {
      response = response.header("Sec-WebSocket-Accept", acceptValue(key(request)));
    }
    if (subprotocol.isPresent()) {
      response = response.header("Sec-WebSocket-Protocol", subprotocol.get());
    }
    return deflate.isPresent()
        ? response.header("Sec-WebSocket-Extensions", deflate.get().answer())
        : response;
  }

  private static String key(Request request) {
    return request.header("Sec-WebSocket-Key").orElseThrow();
  }

  /** RFC 6455 §4.2.2: none, or one of the client's; it puts them in its order of preference. */
  private static Optional<String> subprotocol(Request request, WebSocketOptions options) {
    return request.headers().elements("Sec-WebSocket-Protocol").stream()
        .filter(options.subprotocols()::contains)
        .findFirst();
  }

  private static Optional<DeflateParameters> deflate(Request request, WebSocketOptions options) {
    return options.deflate()
        ? DeflateParameters.negotiate(
            Extension.parse(request.headers().all("Sec-WebSocket-Extensions")))
        : Optional.empty();
  }

  /** RFC 6455 §4.2.2: shows that we read the handshake, and no cache answered. */
  static String acceptValue(String key) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-1")
              .digest((key + GUID).getBytes(StandardCharsets.US_ASCII));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("websocket: every JDK has SHA-1", e);
    }
  }
}
