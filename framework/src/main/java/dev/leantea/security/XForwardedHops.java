package dev.leantea.security;

import dev.leantea.http.Headers;
import java.util.Optional;

/**
 * {@code X-Forwarded-For}, {@code -Proto}, {@code -Host}: lists to which each proxy appends, or
 * that it replaces. Addresses are read one by one from the right.
 */
final class XForwardedHops implements Hops {
  private final Headers headers;
  private int line;
  private String rest = "";
  private boolean lineEnded = true;

  XForwardedHops(Headers headers) {
    this.headers = headers;
    this.line = headers.size();
  }

  @Override
  public Optional<Hop> next() {
    while (lineEnded && line > 0) {
      line--;
      if (headers.named(line, "X-Forwarded-For")) {
        rest = headers.value(line);
        lineEnded = false;
      }
    }
    if (lineEnded) {
      return Optional.empty();
    }
    int comma = rest.lastIndexOf(',');
    String node = rest.substring(comma + 1).strip();
    lineEnded = comma < 0;
    rest = lineEnded ? "" : rest.substring(0, comma);
    return Optional.of(new Hop(Nodes.parse(node), Optional.empty(), Optional.empty()));
  }

  @Override
  public Hop origin(Hop last) {
    return new Hop(
        last.client(), last(headers, "X-Forwarded-Proto"), last(headers, "X-Forwarded-Host"));
  }

  /** The last value of a list: what the nearest proxy says. */
  static Optional<String> last(Headers headers, String name) {
    for (int i = headers.size() - 1; i >= 0; i--) {
      if (headers.named(i, name)) {
        String value = headers.value(i);
        return Optional.of(value.substring(value.lastIndexOf(',') + 1).strip());
      }
    }
    return Optional.empty();
  }
}
