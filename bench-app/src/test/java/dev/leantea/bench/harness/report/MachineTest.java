package dev.leantea.bench.harness.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class MachineTest {
  @Test
  void here_onLinux_knowsCoresAndMemory() {
    Machine machine = Machine.here();
    assertThat(machine.cores()).isEqualTo(Runtime.getRuntime().availableProcessors());
    assertThat(machine.memoryBytes()).isGreaterThan(64L << 20);
    assertThat(machine.kernel()).isNotBlank();
  }
}
