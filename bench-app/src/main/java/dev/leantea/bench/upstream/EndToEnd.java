package dev.leantea.bench.upstream;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Which header lines a proxy passes on: those that are meant for the other end. */
final class EndToEnd {
  /** RFC 9110 §7.6.3: protocol and pseudonym. */
  static final String VIA = "1.1 leantea";

  /** Of one connection, by RFC 9110 §7.6.1 and by older custom; or of the message that is made. */
  private static final Set<String> NOT_FORWARDED =
      names(
          List.of(
              "connection, content-length, expect, host, keep-alive, proxy-authenticate",
              "proxy-authorization, proxy-connection, te, trailer, transfer-encoding, upgrade"));

  private final Set<String> ofConnection;

  /**
   * The lines of one message.
   *
   * @param connection the lines of its Connection field, which names further fields that are meant
   *     for this connection
   */
  EndToEnd(List<String> connection) {
    this.ofConnection = isUsual(connection) ? Set.of() : names(connection);
  }

  /** Whether there is nothing to parse, as in nearly all messages. */
  private static boolean isUsual(List<String> connection) {
    return connection.isEmpty()
        || (connection.size() == 1 && connection.getFirst().equalsIgnoreCase("keep-alive"));
  }

  private static Set<String> names(List<String> lines) {
    var names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    for (String line : lines) {
      var parts = new ArrayList<>(List.of(line.split(",", -1)));
      parts.replaceAll(String::strip);
      names.addAll(parts);
    }
    return names;
  }

  /** Whether lines of this name are passed on. */
  boolean passesOn(String name) {
    return !NOT_FORWARDED.contains(name)
        && (ofConnection.isEmpty() || !ofConnection.contains(name));
  }
}
