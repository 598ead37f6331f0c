package dev.leantea.bench.harness.report;

import static dev.leantea.bench.harness.report.Runs.sample;
import static org.assertj.core.api.Assertions.assertThat;

import dev.leantea.bench.harness.report.LoadFigures.Errors;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Reports have the same digits wherever they are made: Egypt's default locale has its own. */
final class LocaleTest {
  private final Locale before = Locale.getDefault();

  @BeforeEach
  void useArabicDigits() {
    Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
    assertThat("%d".formatted(1)).isNotEqualTo("1");
  }

  @AfterEach
  void restore() {
    Locale.setDefault(before);
  }

  private static void assertAscii(String text) {
    assertThat(text.codePoints().filter(Character::isDigit)).isNotEmpty().allMatch(c -> c <= '9');
  }

  @Test
  void warnings() {
    var broken = Runs.broken("netty", Runs.LOAD, new Errors(0, 3, 0, 0, 1));
    var noisy =
        Runs.of(
            sample("reactor", 1, 10, 8),
            sample("nginx", 1, 10, 10),
            sample("reactor", 2, 10, 12),
            sample("nginx", 2, 10, 10));
    assertThat(Warnings.of(Runs.of(broken))).isNotEmpty().allSatisfy(LocaleTest::assertAscii);
    assertThat(Warnings.of(noisy)).isNotEmpty().allSatisfy(LocaleTest::assertAscii);
  }

  @Test
  void comparison() {
    var figure = new TrackedFigure("a", 79, "×", "± 1 %", "");
    var row = new Comparison.Row(figure, OptionalDouble.of(100), 0.8);
    assertAscii(new Comparison(List.of(row)).markdown());
  }

  @Test
  void report() {
    assertAscii(new Report(Runs.steady(), List.of()).markdown());
  }
}
