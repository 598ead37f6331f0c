package dev.leantea.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LimitsTest {
  private static final Limits D = Limits.DEFAULTS;

  @Test
  void with_eachChangesItsOwnAlone() {
    Duration minute = Duration.ofMinutes(1);
    assertThat(D.withRequestLine(99)).isEqualTo(replaced(0, 99));
    assertThat(D.withFieldSection(99)).isEqualTo(replaced(1, 99));
    assertThat(D.withFieldCount(99)).isEqualTo(replaced(2, 99));
    assertThat(D.withBodyInMemory(99)).isEqualTo(replaced(3, 99));
    assertThat(D.withHeadTimeout(minute)).isEqualTo(replaced(4, minute));
    assertThat(D.withIdleTimeout(minute)).isEqualTo(replaced(5, minute));
    assertThat(D.withStallTimeout(minute)).isEqualTo(replaced(6, minute));
    assertThat(D.withConnections(99)).isEqualTo(replaced(7, 99));
    assertThat(D.withDrainTimeout(minute)).isEqualTo(replaced(8, minute));
  }

  private static Limits replaced(int index, Object value) {
    try {
      RecordComponent[] components = Limits.class.getRecordComponents();
      Object[] values = new Object[components.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = i == index ? value : components[i].getAccessor().invoke(D);
      }
      Class<?>[] types =
          Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
      return Limits.class.getConstructor(types).newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("Limits", e);
    }
  }

  static List<ThrowingCallable> outOfRange() {
    return List.of(
        () -> D.withRequestLine(15),
        () -> D.withRequestLine(Integer.MAX_VALUE),
        () -> D.withFieldSection(15),
        () -> D.withFieldSection(Integer.MAX_VALUE),
        () -> D.withFieldCount(0),
        () -> D.withFieldCount(10_001),
        () -> D.withBodyInMemory(-1),
        () -> D.withBodyInMemory(Integer.MAX_VALUE),
        () -> D.withConnections(0),
        () -> D.withHeadTimeout(Duration.ZERO),
        () -> D.withIdleTimeout(Duration.ofSeconds(-1)),
        () -> D.withStallTimeout(Duration.ofDays(366)),
        () -> D.withDrainTimeout(Duration.ofSeconds(Long.MAX_VALUE)));
  }

  @ParameterizedTest
  @MethodSource("outOfRange")
  void with_outOfRange_saysWhatWasExpected(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching("limit \\w+: expected .*, got .*");
  }
}
