package dev.leantea.websocket;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * What was agreed on for permessage-deflate (RFC 7692 §7.1).
 *
 * @param serverNoContext each of our messages stands alone
 * @param clientNoContext each of the client's messages stands alone
 * @param serverWindowBits our messages refer back over 2^bits bytes at most
 * @param answersWindowBits whether the client asked for a limit, and gets the answer
 */
record DeflateParameters(
    boolean serverNoContext,
    boolean clientNoContext,
    int serverWindowBits,
    boolean answersWindowBits) {
  static final int MIN_WINDOW_BITS = 8;
  static final int MAX_WINDOW_BITS = 15;

  private static final String NAME = "permessage-deflate";
  private static final String SERVER_NO_CONTEXT = "server_no_context_takeover";
  private static final String CLIENT_NO_CONTEXT = "client_no_context_takeover";
  private static final String SERVER_WINDOW = "server_max_window_bits";
  private static final String CLIENT_WINDOW = "client_max_window_bits";

  /** The first offer that is well-formed; the client puts them in its order of preference. */
  static Optional<DeflateParameters> negotiate(List<Extension> offers) {
    return offers.stream()
        .filter(offer -> offer.name().equals(NAME) && isValid(offer))
        .findFirst()
        .map(DeflateParameters::accept);
  }

  /** RFC 7692 §7.1: any parameter that is unknown, twice there, or has a wrong value declines. */
  private static boolean isValid(Extension offer) {
    var names = new HashSet<String>();
    return offer.parameters().stream()
        .allMatch(parameter -> names.add(parameter.name()) && isValid(parameter));
  }

  private static boolean isValid(Extension.Parameter parameter) {
    return switch (parameter.name()) {
      case SERVER_NO_CONTEXT, CLIENT_NO_CONTEXT -> parameter.value().isEmpty();
      case SERVER_WINDOW -> isWindow(parameter.value());
      case CLIENT_WINDOW -> parameter.value().isEmpty() || isWindow(parameter.value());
      default -> false;
    };
  }

  private static boolean isWindow(String value) {
    return value.matches("[89]|1[0-5]"); // RFC 7692 §7.1.2.1: without leading zeros
  }

  /**
   * Accepts all that was offered. A limit for the client's window needs no answer: our inflater
   * looks back over the greatest window, and so over each smaller one.
   */
  private static DeflateParameters accept(Extension offer) {
    Optional<Integer> window = value(offer, SERVER_WINDOW).map(Integer::valueOf);
    return new DeflateParameters(
        value(offer, SERVER_NO_CONTEXT).isPresent(),
        value(offer, CLIENT_NO_CONTEXT).isPresent(),
        window.orElse(MAX_WINDOW_BITS),
        window.isPresent());
  }

  private static Optional<String> value(Extension offer, String name) {
    return offer.parameters().stream()
        .filter(parameter -> parameter.name().equals(name))
        .map(Extension.Parameter::value)
        .findFirst();
  }

  /** The value of the response's {@code Sec-WebSocket-Extensions}. */
  String answer() {
    return NAME
        + (serverNoContext ? "; " + SERVER_NO_CONTEXT : "")
        + (clientNoContext ? "; " + CLIENT_NO_CONTEXT : "")
        + (answersWindowBits ? "; " + SERVER_WINDOW + "=" + serverWindowBits : "");
  }
}
