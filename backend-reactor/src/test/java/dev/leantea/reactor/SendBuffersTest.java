package dev.leantea.reactor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.foreign.Arena;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class SendBuffersTest {
  private Arena arena;
  private SendBuffers buffers;

  @BeforeEach
  @SuppressWarnings("MustBeClosedChecker") // closed after each test
  void open() throws Exception {
    assumeTrue(IoUring.unavailable().isEmpty(), () -> IoUring.unavailable().orElseThrow());
    arena = Arena.ofConfined();
    buffers = new SendBuffers(new Native(), arena, 3, 100, 2, 1000);
  }

  @AfterEach
  void close() {
    if (arena != null) {
      arena.close();
    }
  }

  @Test
  void take_all_noneOverlaps() {
    var ends = new TreeMap<Long, Long>();
    for (int i = 0; i < 5; i++) {
      int buffer = buffers.take(1);
      ends.put(buffers.offset(buffer), buffers.offset(buffer) + buffers.bytes(buffer));
    }
    assertThat(ends).hasSize(5);
    long last = 0;
    for (var range : ends.entrySet()) {
      assertThat(range.getKey()).isGreaterThanOrEqualTo(last);
      last = range.getValue();
    }
    assertThat(last).isLessThanOrEqualTo(buffers.memory().byteSize());
  }

  @Test
  void take_bySize_prefersTheOneThatFits() {
    assertThat(buffers.bytes(buffers.take(100))).isEqualTo(100);
    assertThat(buffers.bytes(buffers.take(101))).isEqualTo(1000);
  }

  @Test
  void take_noneOfItsSize_givesTheOther() {
    buffers.take(1000);
    buffers.take(1000);
    assertThat(buffers.bytes(buffers.take(1000))).isEqualTo(100);
  }

  @Test
  void take_noneFree_saysSo() {
    for (int i = 0; i < 5; i++) {
      buffers.take(1);
    }
    assertThat(buffers.free()).isZero();
    assertThat(buffers.take(1)).isEqualTo(SendBuffers.NONE);
    assertThat(buffers.take(1000)).isEqualTo(SendBuffers.NONE);
  }

  @Test
  void give_lastOne_isTakenFirst() {
    int first = buffers.take(1);
    int second = buffers.take(1);
    buffers.give(first);
    buffers.give(second);
    assertThat(buffers.take(1)).isEqualTo(second);
    assertThat(buffers.take(1)).isEqualTo(first);
  }
}
