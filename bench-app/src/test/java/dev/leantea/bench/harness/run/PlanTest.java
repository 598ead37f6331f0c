package dev.leantea.bench.harness.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leantea.bench.harness.result.Cell;
import dev.leantea.bench.harness.server.ServerSpec;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PlanTest {
  @Test
  void full_cells_areRoutesByLevelsAndTheExtras() {
    assertThat(Plan.full().cells().stream().map(Cell::label))
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
    assertThat(Plan.quick().cells()).hasSize(7);
    assertThat(Plan.quick().rounds()).isLessThan(Plan.full().rounds());
  }

  @Test
  void full_eachKindOfServer_fitsIntoHalfAnHourTwice() {
    List<ServerSpec> servers =
        List.of(
            ServerSpec.named("reactor:io_uring"),
            ServerSpec.named("reactor:nio"),
            ServerSpec.named("netty"),
            ServerSpec.named("blocking"),
            new ServerSpec.Nginx("nginx"),
            new ServerSpec.BareNetty("bare-netty"));
    assertThat(Plan.full().estimateSeconds(servers, 0.15)).isBetween(15 * 60L, 25 * 60L);
    assertThat(Plan.quick().estimateSeconds(servers, 0.15)).isLessThan(5 * 60);
  }

  @Test
  void bars_cells_areTheFullRunsThatABarIsSetFor() {
    assertThat(Plan.full().cells()).containsAll(Plan.full().bars().cells());
    assertThat(Plan.full().bars().cells()).hasSize(8);
  }

  @Test
  void steps_serverWithOneRoute_countsItsLoadsOnly() {
    ServerSpec bare = new ServerSpec.BareNetty("bare-netty");
    assertThat(Plan.full().steps(List.of(bare))).isEqualTo(6 * Plan.full().rounds());
  }

  @Test
  void warmUpSeconds_fewRoutes_getAllOfAServersTime() {
    assertThat(Plan.full().warmUpSeconds(1)).isEqualTo(Plan.full().warmUpSeconds());
    assertThat(Plan.full().warmUpSeconds(4)).isEqualTo(Plan.full().warmUpSeconds() / 4);
  }
}
