package dev.leantea.netty;

import dev.leantea.loop.FailureLog;
import dev.leantea.server.Listeners;
import dev.leantea.wire.FileSlice;
import dev.leantea.wire.Protocol;
import dev.leantea.wire.Wire;
import dev.leantea.wire.WireListener;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.channel.socket.ServerSocketChannel;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * A connection: the one handler in a channel's pipeline.
 *
 * <pre>
 *  channelRead ─▶ WireListener.received ─▶ send … ─┐
 *  channelReadComplete ───────────────────────────▶ one writeAndFlush for the batch
 * </pre>
 *
 * <p>The channel's event loop, except where {@link Wire} says otherwise.
 */
final class NettyConnection extends ChannelInboundHandlerAdapter implements Wire {
  private static final Logger LOG = System.getLogger("dev.leantea");

  /** A whole array up to this size is copied to what goes out before it. */
  private static final int MAX_COPIED_BYTES = 4 * 1024;

  /** A large body goes out in pieces, so that progress is seen. */
  private static final int PIECE_BYTES = 64 * 1024;

  private final NettyLoop loop;
  private final DuplexChannel channel;
  private final Protocol protocol;

  /** Allocated with the connection: there may be no memory when it is needed. */
  private final Runnable breaking;

  private WireListener listener;
  private boolean counted;
  private boolean opened;

  /** What was sent since the last flush. */
  private @Nullable ByteBuf out;

  /** Bytes given to Netty and not yet to the kernel. */
  private long inNetty;

  private boolean reading;
  private boolean endAfterOutput;
  private boolean inputEnded;
  private boolean closed;

  @SuppressWarnings("NullAway.Init") // channelActive names the listener, before any other event
  NettyConnection(NettyLoop loop, DuplexChannel channel, Protocol protocol) {
    this.loop = loop;
    this.channel = channel;
    this.protocol = protocol;
    this.breaking = loop.task(this::gone);
  }

  // ---- events from Netty

  @Override
  public void channelActive(ChannelHandlerContext context) {
    loop.add(this);
    boolean admitted = loop.work.connectionOpened();
    counted = true;
    listener = admitted ? protocol.connect(this, loop) : protocol.refuse(this, loop);
    opened = true;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    reading = true;
    loop.watch.beat();
    try {
      while (bytes.isReadable()) {
        int count = Math.min(bytes.readableBytes(), loop.received.length);
        bytes.readBytes(loop.received, 0, count);
        listener.received(loop.received, 0, count);
      }
    } finally {
      bytes.release();
      loop.watch.rest();
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    reading = false;
    flush();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      inputEnded = true;
      listener.endOfInput();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    try {
      gone();
    } finally {
      forget();
    }
  }

  private void forget() {
    loop.remove(this);
    if (counted) {
      counted = false;
      loop.work.connectionClosed();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    failed(cause);
  }

  /** It broke, or there is a fault of ours: this connection ends, the loop and its others go on. */
  void failed(Throwable cause) {
    try {
      gone();
    } finally {
      log(cause);
    }
  }

  private void log(Throwable cause) {
    if (cause instanceof IOException) {
      LOG.log(Level.DEBUG, () -> this + " failed", cause);
    } else {
      FailureLog.error(this, "failed", cause);
    }
  }

  // ---- events from the loop

  void tick() {
    if (closed) {
      release();
    } else {
      listener.tick();
    }
  }

  /** Without memory Netty may close a channel in part, and never say that it is inactive. */
  private void release() {
    if (channel.isOpen()) {
      channel.unsafe().closeForcibly();
    }
    forget();
  }

  void drain() {
    listener.drain();
  }

  // ---- Wire

  @Override
  public byte[] reserve(int bytes) {
    return loop.scratch(bytes);
  }

  @Override
  public int position() {
    return 0;
  }

  /** Netty's memory is not of the heap: the bytes are copied. */
  @Override
  public void commit(int end) {
    send(loop.scratch(end), 0, end);
  }

  @Override
  public void send(byte[] bytes, int from, int to) {
    if (!closed) {
      buffer().writeBytes(bytes, from, to - from);
    }
  }

  private ByteBuf buffer() {
    ByteBuf current = out;
    if (current == null) {
      current = loop.sending.take(channel.alloc());
      out = current;
    }
    return current;
  }

  @Override
  public void sendWhole(byte[] bytes) {
    if (bytes.length <= MAX_COPIED_BYTES) {
      send(bytes, 0, bytes.length);
      return;
    }
    writeOut();
    for (int from = 0; from < bytes.length && !closed; from += PIECE_BYTES) {
      int count = Math.min(PIECE_BYTES, bytes.length - from);
      write(Unpooled.wrappedBuffer(bytes, from, count));
    }
  }

  @Override
  public void sendFile(FileSlice slice) {
    writeOut();
    inNetty += slice.count();
    FileProgress.write(channel, slice, this::written);
  }

  @Override
  public void flush() {
    if (!reading && !closed) {
      writeOut();
      channel.flush();
      endIfSent();
    }
  }

  private void writeOut() {
    ByteBuf current = out;
    if (current != null) {
      out = null;
      write(current);
    }
  }

  private void write(ByteBuf bytes) {
    int count = bytes.readableBytes();
    inNetty += count;
    ChannelFuture written = channel.write(bytes);
    written.addListener(_ -> written(count));
  }

  /** Netty has written bytes, or failed to; then the channel becomes inactive. */
  private void written(long bytes) {
    inNetty -= bytes;
    if (opened && !closed) { // a refusal is sent before there is a listener
      listener.sent();
      endIfSent();
    }
  }

  private void endIfSent() {
    if (endAfterOutput && unsent() == 0 && !closed) {
      endAfterOutput = false;
      var _ = channel.shutdownOutput(); // a failure makes the channel inactive
    }
  }

  @Override
  public long unsent() {
    ByteBuf current = out;
    return inNetty + (current == null ? 0 : current.readableBytes());
  }

  @Override
  public void receiving(boolean on) {
    if (!inputEnded) {
      channel.config().setAutoRead(on);
    }
  }

  @Override
  public void shutdownOutput() {
    endAfterOutput = true;
    flush();
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      ByteBuf current = out;
      if (current != null) {
        out = null;
        current.release();
      }
      var _ = channel.close(); // channelInactive follows
    }
  }

  @Override
  public void abort() {
    loop.executeTask(breaking);
  }

  /** Ends it. There is no listener when there was no memory to open the connection. */
  private void gone() {
    try {
      if (opened) {
        listener.broken();
      }
    } finally {
      close();
    }
  }

  @Override
  public SocketAddress remoteAddress() {
    return channel.parent() instanceof ServerSocketChannel
        ? channel.remoteAddress()
        : Listeners.UNIX_PEER;
  }

  /** For the log. */
  @Override
  public String toString() {
    return "connection of " + remoteAddress();
  }
}
