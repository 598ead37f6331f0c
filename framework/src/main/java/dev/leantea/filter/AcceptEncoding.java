package dev.leantea.filter;

import java.util.List;

/** Reads {@code Accept-Encoding} (RFC 9110 §12.5.3), in time linear in its length. */
final class AcceptEncoding {
  private static final int NOT_LISTED = -1;
  private static final int MAX_WEIGHT = 1000;

  // Weights in thousandths.
  private int gzip = NOT_LISTED;
  private int any = NOT_LISTED;
  private int identity = NOT_LISTED;

  private AcceptEncoding() {}

  /** Whether the client takes gzip, and prefers nothing to it that is not compressed. */
  static boolean prefersGzip(List<String> lines) {
    var accept = new AcceptEncoding();
    for (String line : lines) {
      accept.read(line);
    }
    int weight = accept.gzip == NOT_LISTED ? accept.any : accept.gzip;
    int plain = accept.identity == NOT_LISTED ? accept.any : accept.identity;
    return weight > 0 && weight >= plain;
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
    int weight = semicolon < 0 ? MAX_WEIGHT : weight(element.substring(semicolon + 1).strip());
    if (coding.equalsIgnoreCase("gzip") || coding.equalsIgnoreCase("x-gzip")) {
      gzip = Math.max(gzip, weight); // RFC 9110 §8.4.1.3: x-gzip is gzip
    } else if (coding.equals("*")) {
      any = weight;
    } else if (coding.equalsIgnoreCase("identity")) {
      identity = weight;
    }
  }

  /** RFC 9110 §12.4.2; a malformed weight counts as 0, so that we send what every client reads. */
  private static int weight(String parameter) {
    if (parameter.length() < 3
        || parameter.length() > "q=0.123".length()
        || !parameter.regionMatches(true, 0, "q=", 0, 2)
        || (parameter.length() > 3 && parameter.charAt(3) != '.')) {
      return 0;
    }
    int weight = 0;
    int scale = MAX_WEIGHT;
    for (int i = 2; i < parameter.length(); i += i == 2 ? 2 : 1) { // skips the point
      char c = parameter.charAt(i);
      if (c < '0' || c > '9') {
        return 0;
      }
      weight += (c - '0') * scale;
      scale /= 10;
    }
    return weight > MAX_WEIGHT ? 0 : weight;
  }
}
