package dev.leantea.bench.harness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leantea.bench.harness.report.Load;
import dev.leantea.bench.harness.server.ServerSpec;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LoadPlanTest {
  @Test
  void full_loads_areRoutesByConnectionsAndTheExtras() {
    assertThat(LoadPlan.full().loads().stream().map(Load::label))
        .hasSize(15)
        .doesNotHaveDuplicates()
        .contains(
            "/health c8",
            "/json c512",
            "/echo c128",
            "/health/blocking c128",
            "/health c2000",
            "/health c128 ×16",
            "/json c128 unpinned");
  }

  @Test
  void quick_isShorterThanFull() {
    assertThat(LoadPlan.quick().loads()).hasSize(7);
    assertThat(LoadPlan.quick().rounds()).isLessThan(LoadPlan.full().rounds());
  }

  @Test
  void full_eachKindOfServer_fitsIntoHalfAnHourTwice() {
    List<ServerSpec> servers =
        List.of(
            ServerSpec.named("reactor:io_uring"),
            ServerSpec.named("reactor:nio"),
            ServerSpec.named("netty"),
            ServerSpec.named("blocking"),
            new ServerSpec.Nginx("nginx", 0, 0),
            new ServerSpec.BareNetty("bare-netty"));
    assertThat(LoadPlan.full().estimateSeconds(servers)).isBetween(15 * 60L, 25 * 60L);
    assertThat(LoadPlan.quick().estimateSeconds(servers)).isLessThan(5 * 60);
  }

  @Test
  void targets_loads_areThoseOfTheFullRunThatATargetIsSetFor() {
    assertThat(LoadPlan.full().loads()).containsAll(LoadPlan.TARGETS);
    assertThat(LoadPlan.TARGETS).hasSize(8);
  }

  @Test
  void steps_serverWithOneRoute_countsItsLoadsOnly() {
    ServerSpec bare = new ServerSpec.BareNetty("bare-netty");
    assertThat(LoadPlan.full().steps(List.of(bare))).isEqualTo(6 * LoadPlan.full().rounds());
  }

  @Test
  void warmUpSeconds_fewRoutes_getAllOfTheServersTime() {
    assertThat(LoadPlan.full().warmUpSeconds(1)).isEqualTo(LoadPlan.full().warmUpSeconds());
    assertThat(LoadPlan.full().warmUpSeconds(4)).isEqualTo(LoadPlan.full().warmUpSeconds() / 4);
  }
}
