package dev.leantea.bench.harness.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leantea.bench.harness.report.Load.Placement;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CoresTest {
  @Test
  void sets_twoCores_giveServerAndWrkOneEach() {
    Cores cores = new Cores(2, true);
    assertThat(cores.serverSet(Placement.PINNED)).isEqualTo("0");
    assertThat(cores.wrkSet(Placement.PINNED)).isEqualTo("1");
    assertThat(cores.wrkThreads(Placement.PINNED)).isEqualTo(1);
  }

  @Test
  void sets_manyCores_giveWrkNoMoreThanItNeeds() {
    assertThat(new Cores(16, true).wrkSet(Placement.PINNED)).isEqualTo("1-3");
  }

  @Test
  void sets_oneCoreOrNoTaskset_pinNothing() {
    assertThat(new Cores(1, true).serverSet(Placement.PINNED)).isEmpty();
    assertThat(new Cores(4, false).wrkSet(Placement.PINNED)).isEmpty();
  }

  @Test
  void sets_shared_pinNothing() {
    assertThat(new Cores(4, true).serverSet(Placement.SHARED)).isEmpty();
  }

  @Test
  void pinned_set_putsTasksetInFront() {
    assertThat(Cores.pinned("0", List.of("nginx"))).containsExactly("taskset", "-c", "0", "nginx");
    assertThat(Cores.pinned("", List.of("nginx"))).containsExactly("nginx");
  }
}
