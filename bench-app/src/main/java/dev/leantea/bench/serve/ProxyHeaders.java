package dev.leantea.bench.serve;

import dev.leantea.http.Headers;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Which field lines a proxy passes on. */
final class ProxyHeaders {
  /** What is said of one connection, by RFC 9110 §7.6.1 and by older custom. */
  private static final Set<String> HOP_BY_HOP =
      Set.of(
          "connection",
          "keep-alive",
          "proxy-authenticate",
          "proxy-authorization",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  /** What follows from the message that is sent on, and is set anew. */
  private static final Set<String> OWN = Set.of("content-length", "expect", "host");

  private ProxyHeaders() {}

  /** The lines that are meant for the other end. */
  static List<Headers.Field> endToEnd(Headers headers) {
    Set<String> named = named(headers);
    return StreamSupport.stream(headers.spliterator(), false)
        .filter(field -> isEndToEnd(field.name().toLowerCase(Locale.ROOT), named))
        .toList();
  }

  private static boolean isEndToEnd(String name, Set<String> named) {
    return !HOP_BY_HOP.contains(name) && !OWN.contains(name) && !named.contains(name);
  }

  /** RFC 9110 §7.6.1: what the Connection field names ends here. */
  private static Set<String> named(Headers headers) {
    var names = new TreeSet<String>();
    headers.all("Connection").stream()
        .flatMap(line -> Stream.of(line.split(",", -1)))
        .forEach(name -> names.add(name.strip().toLowerCase(Locale.ROOT)));
    return names;
  }
}
