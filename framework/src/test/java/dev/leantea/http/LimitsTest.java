package dev.leantea.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LimitsTest {
  private static final Limits D = Limits.DEFAULTS;

  /** A value of each limit that is no default. */
  private static final Map<String, Object> OTHERS =
      Map.ofEntries(
          Map.entry("requestLine", 99),
          Map.entry("fieldSection", 98),
          Map.entry("fieldCount", 97),
          Map.entry("bodyInMemory", 96),
          Map.entry("bodiesInMemory", 95L),
          Map.entry("headTimeout", Duration.ofMinutes(1)),
          Map.entry("idleTimeout", Duration.ofMinutes(2)),
          Map.entry("stallTimeout", Duration.ofMinutes(3)),
          Map.entry("connections", 94),
          Map.entry("handshakeTimeout", Duration.ofMinutes(5)),
          Map.entry("handshakes", 93),
          Map.entry("drainTimeout", Duration.ofMinutes(4)));

  private static Stream<Arguments> others() {
    return OTHERS.entrySet().stream().map(it -> Arguments.of(it.getKey(), it.getValue()));
  }

  private static Set<String> names() {
    return OTHERS.keySet();
  }

  @Test
  void names_areThoseOfTheBuilder() {
    assertThat(Arrays.stream(Limits.Builder.class.getDeclaredMethods()))
        .filteredOn(method -> method.getReturnType() == Limits.Builder.class)
        .extracting(Method::getName)
        .containsExactlyInAnyOrderElementsOf(names());
  }

  @ParameterizedTest
  @MethodSource("others")
  void with_eachChangesItsOwnAlone(String name, Object value) {
    Limits changed = (Limits) call(D, "with" + capitalized(name), value);
    for (String each : names()) {
      Object expected = each.equals(name) ? value : call(D, each);
      assertThat(call(changed, each)).as(each).isEqualTo(expected);
    }
    assertThat(changed).isNotEqualTo(D).isEqualTo(changed.toBuilder().build());
  }

  @ParameterizedTest
  @MethodSource("others")
  void builder_eachChangesItsOwnAlone(String name, Object value) {
    Limits.Builder builder = Limits.builder();
    assertThat(call(builder, name, value)).isSameAs(builder);
    assertThat(builder.build()).isEqualTo(call(D, "with" + capitalized(name), value));
  }

  @Test
  void bodiesInMemory_aQuarterOfTheHeapByDefault() {
    assertThat(D.bodiesInMemory()).isEqualTo(Runtime.getRuntime().maxMemory() / 4);
  }

  private static String capitalized(String name) {
    return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
  }

  /** Calls the only method of this name and number of parameters. */
  private static Object call(Object target, String name, Object... arguments) {
    Method method =
        Arrays.stream(target.getClass().getMethods())
            .filter(it -> it.getName().equals(name) && it.getParameterCount() == arguments.length)
            .findFirst()
            .orElseThrow();
    try {
      return method.invoke(target, arguments);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(name, e);
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
        () -> D.withBodiesInMemory(0),
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
