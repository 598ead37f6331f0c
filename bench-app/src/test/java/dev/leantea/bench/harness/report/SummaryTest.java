package dev.leantea.bench.harness.report;

import static dev.leantea.bench.harness.report.Runs.sample;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.leantea.bench.harness.report.Load.Placement;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SummaryTest {
  @Test
  void of_disturbedRound_ratioIsTakenWithinTheRound() {
    // Round 2 cost both servers twice as much: the ratio does not change, the absolute figure does.
    Summary reactor = Summary.of(Runs.steady(), "nginx", "reactor", Runs.LOAD).orElseThrow();
    Spread ratio = reactor.cpuRatio().orElseThrow();
    assertThat(ratio.median()).isEqualTo(0.8, within(1e-9));
    assertThat(ratio.max()).isEqualTo(0.81, within(1e-9));
    assertThat(ratio.noisy()).isFalse();
    assertThat(reactor.spread(Sample::cpuMicros).noisy()).isTrue();
    assertThat(reactor.rateRatio().orElseThrow().median()).isEqualTo(2.0);
  }

  @Test
  void of_roundWithoutBaseline_isLeftOutOfTheRatio() {
    Results run =
        Runs.of(
            sample("reactor", 1, 10, 5), sample("reactor", 2, 10, 7), sample("nginx", 2, 10, 7));
    Summary reactor = Summary.of(run, "nginx", "reactor", Runs.LOAD).orElseThrow();
    assertThat(reactor.cpuRatio()).contains(new Spread(1, 1, 1, 1));
    assertThat(reactor.spread(Sample::cpuMicros).rounds()).isEqualTo(2);
  }

  @Test
  void of_noBaseline_hasNoRatio() {
    Results run = Runs.of(sample("reactor", 1, 10, 5));
    assertThat(Summary.of(run, "nginx", "reactor", Runs.LOAD).orElseThrow().cpuRatio()).isEmpty();
  }

  @Test
  void of_severalLoads_goesLoadByLoad() {
    Load other = new Load(Placement.SHARED, "/json", 8, 1);
    Results run =
        Runs.of(sample("a", 1, 10, 5), sample("b", 1, 10, 5), sample("a", other, 1, 10, 5));
    assertThat(Summary.of(run).stream().map(s -> s.server() + s.load().path()))
        .isEqualTo(List.of("a/health", "b/health", "a/json"));
  }
}
