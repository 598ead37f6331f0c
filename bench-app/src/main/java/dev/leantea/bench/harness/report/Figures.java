package dev.leantea.bench.harness.report;

import dev.leantea.bench.harness.result.Spread;
import java.util.Locale;
import java.util.Optional;

/** Numbers as people read them. */
final class Figures {
  private static final String NONE = "–";
  private static final double KIB = 1_024;

  private Figures() {}

  static String rate(double perSecond) {
    return String.format(Locale.ROOT, "%,.0f", perSecond);
  }

  /** Ratios, and microseconds of CPU time. */
  static String twoDigits(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }

  static String times(double ratio) {
    return String.format(Locale.ROOT, "%.2f ×", ratio);
  }

  static String millis(double millis) {
    return String.format(Locale.ROOT, "%.0f ms", millis);
  }

  /** Latency: microseconds below a millisecond; wrk gives 0 when no batch came to its end. */
  static String latency(double micros) {
    if (micros <= 0) {
      return NONE;
    }
    return micros < 1_000
        ? String.format(Locale.ROOT, "%.0f µs", micros)
        : String.format(Locale.ROOT, "%.2f ms", micros / 1_000);
  }

  static String mebibytes(long bytes) {
    return String.format(Locale.ROOT, "%.0f MiB", bytes / KIB / KIB);
  }

  static String bytes(double bytes) {
    if (bytes < 0) {
      return NONE;
    }
    return bytes < KIB
        ? String.format(Locale.ROOT, "%.0f B", bytes)
        : String.format(Locale.ROOT, "%.1f KiB", bytes / KIB);
  }

  /** {@code 0.97 (0.95–1.01)}, with {@code ~} in front when the rounds were too far apart. */
  static String ratio(Optional<Spread> ratio) {
    return ratio.map(Figures::ratio).orElse(NONE);
  }

  private static String ratio(Spread ratio) {
    return String.format(
        Locale.ROOT,
        "%s%.2f (%.2f–%.2f)",
        ratio.noisy() ? "~" : "",
        ratio.median(),
        ratio.min(),
        ratio.max());
  }
}
