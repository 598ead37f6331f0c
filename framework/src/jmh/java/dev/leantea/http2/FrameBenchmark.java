package dev.leantea.http2;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http2.DefaultHttp2FrameReader;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameAdapter;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Our reader of frames and Netty's on the same bytes: 32 frames of DATA with 100 bytes, of as many
 * streams. {@code ours} has them whole in one array, {@code oursCut} in two, cut within a frame.
 *
 * <pre>
 *  mvn -Pjmh -pl framework test-compile exec:exec -Djmh.include=FrameBenchmark
 * </pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class FrameBenchmark {
  private static final int FRAMES = 32;
  private static final int PAYLOAD_BYTES = 100;
  private static final int CUT = 1_000;

  private final byte[] bytes = bytes();
  private final FrameReader reader = new FrameReader();
  private final DefaultHttp2FrameReader nettyReader = new DefaultHttp2FrameReader();
  private final ChannelHandlerContext context = context();
  private final ByteBuf buffer = Unpooled.wrappedBuffer(bytes);
  private int sum;

  private static byte[] bytes() {
    ByteBuffer frames = ByteBuffer.allocate(FRAMES * (FrameReader.HEADER_BYTES + PAYLOAD_BYTES));
    for (int i = 0; i < FRAMES; i++) {
      frames.putInt(PAYLOAD_BYTES << 8 | FrameType.DATA).put((byte) 0).putInt(2 * i + 1);
      frames.put(new byte[PAYLOAD_BYTES]);
    }
    return frames.array();
  }

  private static ChannelHandlerContext context() {
    var channel = new EmbeddedChannel(new ChannelInboundHandlerAdapter());
    return channel.pipeline().firstContext();
  }

  private boolean count(int type, int flags, int streamId, byte[] frame, int from, int to) {
    sum += type + flags + streamId + to - from;
    return true;
  }

  @Benchmark
  @OperationsPerInvocation(FRAMES)
  public int ours() throws dev.leantea.http2.Http2Exception {
    reader.receive(bytes, 0, bytes.length, this::count);
    return sum;
  }

  @Benchmark
  @OperationsPerInvocation(FRAMES)
  public int oursCut() throws dev.leantea.http2.Http2Exception {
    reader.receive(bytes, 0, CUT, this::count);
    reader.receive(bytes, CUT, bytes.length, this::count);
    return sum;
  }

  @Benchmark
  @OperationsPerInvocation(FRAMES)
  public int netty() throws Http2Exception {
    buffer.setIndex(0, bytes.length);
    nettyReader.readFrame(
        context,
        buffer,
        new Http2FrameAdapter() {
          @Override
          public int onDataRead(
              ChannelHandlerContext ctx, int streamId, ByteBuf data, int padding, boolean last) {
            sum += streamId + data.readableBytes();
            return 0;
          }
        });
    return sum;
  }
}
