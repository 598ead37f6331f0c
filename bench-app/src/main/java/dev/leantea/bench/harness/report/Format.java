package dev.leantea.bench.harness.report;

import java.util.Locale;
import java.util.Optional;
import java.util.function.DoubleFunction;

/** Numbers as people read them. */
public final class Format {
  static final String NONE = "–";
  private static final double KIB = 1_024;

  private Format() {}

  /** Has the same digits wherever it is made. */
  @SuppressWarnings("AnnotateFormatMethod") // its library is not needed for anything else
  public static String text(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }

  static String rate(double perSecond) {
    return text("%,.0f", perSecond);
  }

  /** Ratios, and microseconds of CPU time. */
  static String twoDigits(double value) {
    return text("%.2f", value);
  }

  static String times(double ratio) {
    return text("%.2f ×", ratio);
  }

  static String millis(double millis) {
    return text("%.0f ms", millis);
  }

  /** Microseconds below a millisecond; wrk reports 0 when no batch was complete. */
  static String latency(double micros) {
    return micros <= 0
        ? NONE
        : micros < 1_000 ? text("%.0f µs", micros) : text("%.2f ms", micros / 1_000);
  }

  static String mebibytes(double bytes) {
    return text("%.0f MiB", bytes / KIB / KIB);
  }

  /** Negative where there is no figure. */
  static String bytes(double bytes) {
    return bytes < 0 ? NONE : bytes < KIB ? text("%.0f B", bytes) : text("%.1f KiB", bytes / KIB);
  }

  /** The median, with {@code ~} in front when the rounds were too far apart. */
  static String median(Spread spread, DoubleFunction<String> format) {
    return (spread.noisy() ? "~" : "") + format.apply(spread.median());
  }

  /** {@code 0.97 (0.95–1.01)}: the median with the smallest and the largest round. */
  static String range(Spread spread, DoubleFunction<String> format) {
    return "%s (%s–%s)"
        .formatted(median(spread, format), format.apply(spread.min()), format.apply(spread.max()));
  }

  static String ratio(Optional<Spread> ratio) {
    return ratio.map(spread -> range(spread, Format::twoDigits)).orElse(NONE);
  }
}
