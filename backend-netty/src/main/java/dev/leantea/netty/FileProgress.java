package dev.leantea.netty;

import dev.leantea.wire.FileSlice;
import io.netty.channel.Channel;
import io.netty.channel.ChannelProgressiveFuture;
import io.netty.channel.ChannelProgressiveFutureListener;
import io.netty.channel.DefaultFileRegion;
import java.util.function.LongConsumer;

/**
 * A slice of a file that Netty sends, and how far it has come: a slow client is not to be taken for
 * one that stopped, so each step counts. The event loop's thread.
 */
final class FileProgress implements ChannelProgressiveFutureListener {
  private final FileSlice slice;
  private final LongConsumer written;
  private long seen;

  private FileProgress(FileSlice slice, LongConsumer written) {
    this.slice = slice;
    this.written = written;
  }

  /**
   * Gives a slice to Netty, which closes it.
   *
   * @param written called with the number of bytes that Netty has written
   */
  static void write(Channel channel, FileSlice slice, LongConsumer written) {
    var promise = channel.newProgressivePromise();
    promise.addListener(new FileProgress(slice, written));
    var _ = channel.write(new Region(slice), promise);
  }

  /** Leaves the file to its slice. */
  private static final class Region extends DefaultFileRegion {
    Region(FileSlice slice) {
      super(slice.channel(), slice.position(), slice.count());
    }

    @Override
    protected void deallocate() {}
  }

  @Override
  public void operationProgressed(ChannelProgressiveFuture future, long progress, long total) {
    step(progress);
  }

  @Override
  public void operationComplete(ChannelProgressiveFuture future) {
    if (!future.isSuccess()) {
      slice.sendFailed();
    }
    slice.close();
    step(slice.count());
  }

  private void step(long progress) {
    long bytes = progress - seen;
    seen = progress;
    written.accept(bytes);
  }
}
