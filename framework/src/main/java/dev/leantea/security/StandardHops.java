package dev.leantea.security;

import dev.leantea.http.Headers;
import dev.leantea.http.HttpException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;

/** {@code Forwarded} (RFC 7239 §4), line by line from the last: only what is needed is read. */
final class StandardHops implements Hops {
  private final Headers headers;
  private final Deque<Map<String, String>> elements = new ArrayDeque<>();
  private int line;

  StandardHops(Headers headers) {
    this.headers = headers;
    this.line = headers.size();
  }

  /**
   * @throws HttpException 400 when its line is malformed
   */
  @Override
  public Optional<Hop> next() {
    while (elements.isEmpty() && line > 0) {
      line--;
      if (headers.named(line, "Forwarded")) {
        elements.addAll(new ForwardedLine(headers.value(line)).elements());
      }
    }
    return Optional.ofNullable(elements.pollLast()).map(StandardHops::hop);
  }

  private static Hop hop(Map<String, String> element) {
    return new Hop(
        Optional.ofNullable(element.get("for")).flatMap(Nodes::parse),
        Optional.ofNullable(element.get("proto")),
        Optional.ofNullable(element.get("host")));
  }

  @Override
  public Hop origin(Hop last) {
    return last;
  }
}
