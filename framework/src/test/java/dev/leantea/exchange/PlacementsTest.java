package dev.leantea.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leantea.http.Method;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PlacementsTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final long START = Long.MAX_VALUE - SECOND / 2; // the clock may overflow

  private final Placements placements = new Placements();

  private boolean isBeside(long now) {
    return placements.isBeside(Method.GET, "/a", now);
  }

  @Test
  void noHold_isOnTheLoops() {
    assertThat(isBeside(START)).isFalse();
  }

  @Test
  void hold_movesItsRouteForASecond_andNoOther() {
    placements.held(Method.GET, "/a", START);
    assertThat(isBeside(START)).isTrue();
    assertThat(isBeside(START + SECOND - 1)).isTrue();
    assertThat(placements.isBeside(Method.POST, "/a", START)).isFalse();
    assertThat(placements.isBeside(Method.GET, "/b", START)).isFalse();
    assertThat(placements.areAllOnLoops()).isFalse();
    assertThat(isBeside(START + SECOND)).isFalse();
    assertThat(placements.areAllOnLoops()).isTrue();
  }

  /** Else each request would look its route up for ever, as one was held that nobody asks for. */
  @Test
  void stayThatIsOver_endsWithAnyRequest() {
    placements.held(Method.GET, "/a", START);
    placements.held(Method.GET, "/b", START + SECOND / 2);
    assertThat(placements.isBeside(Method.GET, "/c", START + SECOND)).isFalse();
    assertThat(placements.areAllOnLoops()).isFalse();
    assertThat(placements.isBeside(Method.GET, "/c", START + 2 * SECOND)).isFalse();
    assertThat(placements.areAllOnLoops()).isTrue();
  }

  @Test
  void holdWhileBeside_changesNothing() {
    assertThat(placements.held(Method.GET, "/a", START)).contains(Duration.ofSeconds(1));
    // began before the first was noticed
    assertThat(placements.held(Method.GET, "/a", START + SECOND - 1)).isEmpty();
    assertThat(isBeside(START + SECOND)).isFalse();
  }

  @Test
  void holdOnTrial_staysTwiceAsLong_upToFiveMinutes() {
    long now = START;
    for (long seconds : new long[] {1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300}) {
      placements.held(Method.GET, "/a", now);
      assertThat(isBeside(now + seconds * SECOND - 1)).isTrue();
      now += seconds * SECOND;
      assertThat(isBeside(now)).isFalse();
    }
  }

  @Test
  void holdAfterALongGoodTime_beginsAnew() {
    placements.held(Method.GET, "/a", START);
    assertThat(isBeside(START + SECOND)).isFalse();
    long now = START + 11 * SECOND;
    placements.held(Method.GET, "/a", now);
    assertThat(isBeside(now + SECOND)).isFalse();
  }
}
