package dev.leantea.reactor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A small ring, and an operation that completes at once: to close a descriptor that is none. */
final class RingTest {
  private static final int EBADF = 9;
  private static final long CLOSE = Ring.operation(Abi.OP_CLOSE, 0, 0);

  private Arena arena;
  private Ring ring;
  private final List<Long> seen = new ArrayList<>();
  private final List<Integer> results = new ArrayList<>();

  @BeforeEach
  @SuppressWarnings("MustBeClosedChecker") // closed after each test
  void open() throws Exception {
    assumeTrue(IoUring.unavailable().isEmpty(), () -> IoUring.unavailable().orElseThrow());
    arena = Arena.ofConfined();
    ring = new Ring(new Native(), arena, 4, 8);
    ring.enable(arena);
  }

  @AfterEach
  void close() {
    if (ring != null) {
      ring.close();
      arena.close();
    }
  }

  private void put(long userData) {
    ring.put(CLOSE, -1, 0, 0, 0, 0, userData, 0);
  }

  private void process() {
    ring.process(
        (userData, result, _) -> {
          seen.add(userData);
          results.add(result);
        });
  }

  @Test
  void enter_oneEntry_completesWithItsUserData() throws Exception {
    put(0x0123_4567_89ab_cdefL);
    ring.enter(1, 1_000_000_000);
    process();
    assertThat(seen).containsExactly(0x0123_4567_89ab_cdefL);
    assertThat(results).containsExactly(-EBADF);
    assertThat(ring.unsubmitted()).isZero();
  }

  @Test
  void enter_manyTimesTheSizeOfTheRings_wrapsAround() throws Exception {
    for (long i = 1; i <= 1000; i++) {
      put(i);
      if (i % 3 == 0) {
        ring.enter(1, 1_000_000_000);
        process();
      }
    }
    ring.enter(1, 1_000_000_000);
    process();
    assertThat(seen).isEqualTo(LongStream.rangeClosed(1, 1000).boxed().toList());
  }

  @Test
  void put_moreThanTheRingHolds_submitsAndLosesNone() throws Exception {
    for (long i = 1; i <= 7; i++) {
      put(i);
    }
    ring.enter(1, 1_000_000_000);
    process();
    assertThat(seen).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L);
  }

  @Test
  void drain_moreThanTheCompletionsHold_kernelKeepsTheRest() throws Exception {
    for (long i = 1; i <= 100; i++) {
      put(i);
    }
    for (int turns = 0; turns < 100 && seen.size() < 100; turns++) {
      ring.enter(0, 0);
      process();
    }
    assertThat(seen).isEqualTo(LongStream.rangeClosed(1, 100).boxed().toList());
  }

  @Test
  void enter_nothingCompletes_endsInTime() throws Exception {
    ring.enter(1, 1_000_000);
    process();
    assertThat(seen).isEmpty();
  }

  @Test
  void drain_handlerFails_theRestIsThereNextTime() throws Exception {
    put(1);
    put(2);
    ring.enter(2, 1_000_000_000);
    try {
      ring.process(
          (_, _, _) -> {
            throw new IllegalStateException("on purpose");
          });
    } catch (IllegalStateException e) {
      process();
    }
    assertThat(seen).containsExactly(2L);
  }
}
