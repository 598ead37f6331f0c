package dev.leantea.filter;

import java.util.List;
import java.util.Locale;

/** Reads {@code Accept-Encoding} (RFC 9110 §12.5.3). */
final class AcceptEncoding {
  private static final double UNSAID = -1;

  private double gzip = UNSAID;
  private double any = UNSAID;
  private double identity = UNSAID;

  private AcceptEncoding() {}

  /** Whether the client takes gzip, and likes it no less than the content as it is. */
  static boolean prefersGzip(List<String> lines) {
    var accept = new AcceptEncoding();
    for (String line : lines) {
      for (String element : line.split(",", -1)) {
        accept.element(element.strip().toLowerCase(Locale.ROOT));
      }
    }
    double weight = accept.gzip == UNSAID ? accept.any : accept.gzip;
    return weight > 0 && weight >= accept.identity;
  }

  private void element(String element) {
    int semicolon = element.indexOf(';');
    String coding = (semicolon < 0 ? element : element.substring(0, semicolon)).strip();
    double weight = semicolon < 0 ? 1 : weight(element.substring(semicolon + 1).strip());
    switch (coding) {
      case "gzip", "x-gzip" -> gzip = Math.max(gzip, weight); // RFC 9110 §8.4.1.3
      case "*" -> any = weight;
      case "identity" -> identity = weight;
      default -> {}
    }
  }

  /** RFC 9110 §12.4.2; a weight that is none counts as 0, so that we send what all can read. */
  private static double weight(String parameter) {
    return parameter.matches("q=(0(\\.\\d{0,3})?|1(\\.0{0,3})?)")
        ? Double.parseDouble(parameter.substring(2))
        : 0;
  }
}
