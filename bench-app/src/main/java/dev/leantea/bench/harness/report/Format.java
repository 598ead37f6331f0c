package dev.leantea.bench.harness.report;

import java.util.Locale;
import java.util.Optional;
import java.util.function.DoubleFunction;

/** Numbers as people read them. */
final class Format {
  static final String NONE = "–";
  private static final double KIB = 1_024;

  private Format() {}

  static String rate(double perSecond) {
    return format("%,.0f", perSecond);
  }

  /** Ratios, and microseconds of CPU time. */
  static String twoDigits(double value) {
    return format("%.2f", value);
  }

  static String times(double ratio) {
    return format("%.2f ×", ratio);
  }

  static String millis(double millis) {
    return format("%.0f ms", millis);
  }

  /** Microseconds below a millisecond; wrk reports 0 when no batch was complete. */
  static String latency(double micros) {
    return micros <= 0
        ? NONE
        : micros < 1_000 ? format("%.0f µs", micros) : format("%.2f ms", micros / 1_000);
  }

  static String mebibytes(double bytes) {
    return format("%.0f MiB", bytes / KIB / KIB);
  }

  /** Negative where there is no figure. */
  static String bytes(double bytes) {
    return bytes < 0
        ? NONE
        : bytes < KIB ? format("%.0f B", bytes) : format("%.1f KiB", bytes / KIB);
  }

  private static String format(String pattern, double value) {
    return String.format(Locale.ROOT, pattern, value);
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
