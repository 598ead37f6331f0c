package dev.leantea.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class KeptBufferTest {
  private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true);
  private final KeptBuffer buffer = new KeptBuffer(16, 64);

  @AfterEach
  void releaseKept_nothingIsAllocatedAnyMore() {
    buffer.release();
    assertThat(allocator.metric().usedDirectMemory()).isZero();
  }

  @Test
  void take_whenNobodyHoldsIt_givesTheSameMemoryEmpty() {
    ByteBuf first = buffer.take(allocator);
    long address = first.memoryAddress();
    first.writeLong(1);
    first.release();

    ByteBuf second = buffer.take(allocator);

    assertThat(second.memoryAddress()).isEqualTo(address);
    assertThat(second.readableBytes()).isZero();
    second.release();
  }

  @Test
  void take_whileSomebodyHoldsIt_givesAnotherAndLeavesTheirBytes() {
    ByteBuf held = buffer.take(allocator);
    held.writeLong(1);

    ByteBuf other = buffer.take(allocator);
    other.writeLong(2);
    other.release();
    ByteBuf third = buffer.take(allocator);
    third.writeLong(3);

    assertThat(held.readLong()).isEqualTo(1);
    held.release();
    third.release();
  }

  @Test
  void take_afterItHasGrownBeyondTheMaximum_givesASmallOneAgain() {
    ByteBuf large = buffer.take(allocator);
    large.writeZero(65);
    large.release();

    ByteBuf next = buffer.take(allocator);

    assertThat(next.capacity()).isEqualTo(16);
    next.release();
  }
}
