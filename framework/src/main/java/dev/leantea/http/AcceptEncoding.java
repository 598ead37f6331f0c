package dev.leantea.http;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Reads {@code Accept-Encoding} (RFC 9110 §12.5.3), in time linear in its length. */
public final class AcceptEncoding {
  private static final int NOT_LISTED = -1;

  private final List<String> codings;

  // Weights in thousandths.
  private final int[] weights;
  private int any = NOT_LISTED;
  private int identity = NOT_LISTED;

  private AcceptEncoding(List<String> codings) {
    this.codings = codings;
    this.weights = new int[codings.size()];
    Arrays.fill(weights, NOT_LISTED);
  }

  /**
   * The coding with the highest weight; of several the first one. Empty when the client accepts
   * none of them, or prefers content that is not coded.
   *
   * @param codings their names, in lower case
   */
  public static Optional<String> preferred(Request request, List<String> codings) {
    return preferred(request.headers().all("Accept-Encoding"), codings);
  }

  static Optional<String> preferred(List<String> lines, List<String> codings) {
    if (lines.isEmpty()) {
      return Optional.empty();
    }
    var accept = new AcceptEncoding(codings);
    for (String line : lines) {
      accept.read(line);
    }
    return accept.best();
  }

  private Optional<String> best() {
    int plain = identity == NOT_LISTED ? any : identity;
    Optional<String> best = Optional.empty();
    int bestWeight = 0;
    for (int i = 0; i < weights.length; i++) {
      int weight = weights[i] == NOT_LISTED ? any : weights[i];
      if (weight > bestWeight && weight >= plain) {
        best = Optional.of(codings.get(i));
        bestWeight = weight;
      }
    }
    return best;
  }

  private void read(String line) {
    for (int start = 0; start <= line.length(); ) {
      int comma = line.indexOf(',', start);
      int end = comma < 0 ? line.length() : comma;
      element(line.substring(start, end));
      start = end + 1;
    }
  }

  private void element(String element) {
    int semicolon = element.indexOf(';');
    String coding = (semicolon < 0 ? element : element.substring(0, semicolon)).strip();
    int weight = semicolon < 0 ? Weight.MAX : weight(element.substring(semicolon + 1).strip());
    if (coding.equals("*")) {
      any = weight;
    } else if (coding.equalsIgnoreCase("identity")) {
      identity = weight;
    } else {
      int index = index(coding);
      if (index >= 0) {
        weights[index] = Math.max(weights[index], weight);
      }
    }
  }

  private int index(String coding) {
    for (int i = 0; i < weights.length; i++) {
      String name = codings.get(i);
      if (coding.equalsIgnoreCase(name)
          || (name.equals("gzip") && coding.equalsIgnoreCase("x-gzip"))) { // RFC 9110 §8.4.1.3
        return i;
      }
    }
    return -1;
  }

  /** A malformed weight counts as 0, so that we send what every client reads. */
  private static int weight(String parameter) {
    boolean named = parameter.length() >= 3 && parameter.regionMatches(true, 0, "q=", 0, 2);
    return named ? Weight.of(parameter.substring(2)) : 0;
  }
}
