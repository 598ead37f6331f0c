package dev.leantea.websocket;

import static dev.leantea.websocket.PingTimer.Action.GIVE_UP;
import static dev.leantea.websocket.PingTimer.Action.PING;
import static dev.leantea.websocket.PingTimer.Action.WAIT;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PingTimerTest {
  private final PingTimer timer = new PingTimer(Duration.ofNanos(100), 1000);

  @Test
  void at_silence_pingsThenGivesUp() {
    assertThat(timer.at(1099)).isEqualTo(WAIT);
    assertThat(timer.at(1100)).isEqualTo(PING);
    assertThat(timer.at(1150)).isEqualTo(WAIT);
    assertThat(timer.at(1200)).isEqualTo(GIVE_UP);
  }

  @Test
  void at_answer_beginsAnew() {
    assertThat(timer.at(1100)).isEqualTo(PING);
    timer.heard(1190);
    assertThat(timer.at(1200)).isEqualTo(WAIT);
    assertThat(timer.at(1290)).isEqualTo(PING);
  }

  @Test
  void at_zeroInterval_neverPings() {
    assertThat(new PingTimer(Duration.ZERO, 0).at(Long.MAX_VALUE)).isEqualTo(WAIT);
  }
}
