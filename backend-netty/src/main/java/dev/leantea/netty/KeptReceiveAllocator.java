package dev.leantea.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;

/**
 * Lets all channels of a loop read into the same buffer: {@link NettyConnection#channelRead} copies
 * what it needs and releases it. The loop's thread.
 */
final class KeptReceiveAllocator extends DefaultMaxMessagesRecvByteBufAllocator {
  /** Netty's own default for sockets. */
  private static final int MAX_READS = 16;

  private final KeptBuffer buffer;
  private final int bytes;

  KeptReceiveAllocator(int bytes) {
    super(MAX_READS);
    this.buffer = new KeptBuffer(bytes, bytes);
    this.bytes = bytes;
  }

  @Override
  public ExtendedHandle newHandle() {
    return new MaxMessageHandle() {
      @Override
      public ByteBuf allocate(ByteBufAllocator allocator) {
        return buffer.take(allocator);
      }

      @Override
      public int guess() {
        return bytes;
      }
    };
  }

  /** Lets go of the buffer, as the loop ends. */
  void release() {
    buffer.release();
  }
}
