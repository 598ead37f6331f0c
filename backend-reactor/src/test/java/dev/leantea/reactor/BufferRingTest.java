package dev.leantea.reactor;

import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Reads of an eventfd's counter into buffers that the kernel picks. */
final class BufferRingTest {
  private static final long READ = Ring.operation(Abi.OP_READ, Abi.SQE_BUFFER_SELECT, 0);

  private Arena arena;
  private Native libc;
  private Ring ring;
  private BufferRing buffers;
  private int eventfd;
  private int result;
  private int flags;

  @BeforeEach
  @SuppressWarnings("MustBeClosedChecker") // closed after each test
  void open() throws Exception {
    assumeTrue(IoUring.unavailable().isEmpty(), () -> IoUring.unavailable().orElseThrow());
    arena = Arena.ofConfined();
    libc = new Native();
    ring = new Ring(libc, arena, 4, 8);
    buffers = new BufferRing(libc, arena, 2, 16);
    buffers.register(libc, arena, ring);
    ring.enable(arena);
    eventfd = libc.eventfd(Abi.EFD_CLOEXEC);
  }

  @AfterEach
  void close() {
    if (ring != null) {
      libc.close(eventfd);
      ring.close();
      arena.close();
    }
  }

  /** Writes a number, and has the kernel read it into a buffer. */
  private void pass(long number) throws ErrnoException {
    var bytes = arena.allocate(Long.BYTES, Long.BYTES);
    bytes.set(JAVA_LONG, 0, number);
    libc.write(eventfd, bytes);
    ring.put(READ, eventfd, 0, 0, Long.BYTES, 0, 1, BufferRing.GROUP);
    ring.enter(1, 1_000_000_000);
    ring.process(
        (_, r, f) -> {
          result = r;
          flags = f;
        });
  }

  private int bufferId() {
    assertThat(flags & Abi.CQE_BUFFER).isEqualTo(Abi.CQE_BUFFER);
    return flags >>> Abi.CQE_BUFFER_SHIFT;
  }

  @Test
  void take_manyTimesTheSizeOfTheRing_eachHasItsBytes() throws Exception {
    byte[] bytes = new byte[16];
    for (long number = 1; number <= 70_000; number += 1) { // beyond the 16 bits of the tail
      pass(number);
      assertThat(result).isEqualTo(Long.BYTES);
      buffers.take(bufferId(), bytes, 0, result);
      assertThat(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong()).isEqualTo(number);
    }
  }

  @Test
  void give_afterExhaustion_kernelReceivesAgain() throws Exception {
    pass(1);
    int first = bufferId();
    pass(2);
    int second = bufferId();
    assertThat(second).isNotEqualTo(first);
    pass(3);
    assertThat(result).isEqualTo(-Errno.ENOBUFS);

    buffers.give(second);
    pass(4);
    assertThat(result).isEqualTo(Long.BYTES);
    assertThat(bufferId()).isEqualTo(second);
  }
}
