package dev.leantea.bench.serve;

import dev.leantea.http.Headers;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Which field lines a proxy passes on. */
final class ProxyHeaders {
  /** Of one connection, by RFC 9110 §7.6.1 and by older custom; or of the message that is made. */
  private static final Set<String> OWN =
      Set.of(
          "connection",
          "content-length",
          "expect",
          "host",
          "keep-alive",
          "proxy-authenticate",
          "proxy-authorization",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  private ProxyHeaders() {}

  /** The lines that are meant for the other end. */
  static List<Headers.Field> endToEnd(Headers headers) {
    // RFC 9110 §7.6.1: what the Connection field names ends here.
    Set<String> named =
        headers.all("Connection").stream()
            .flatMap(line -> Stream.of(line.split(",", -1)))
            .map(name -> name.strip().toLowerCase(Locale.ROOT))
            .collect(Collectors.toCollection(HashSet::new));
    named.addAll(OWN);
    return StreamSupport.stream(headers.spliterator(), false)
        .filter(field -> !named.contains(field.name().toLowerCase(Locale.ROOT)))
        .toList();
  }
}
