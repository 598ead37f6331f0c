package dev.leantea.bench.harness.load;

import dev.leantea.bench.harness.BenchException;
import dev.leantea.bench.harness.run.Resource;
import dev.leantea.bench.harness.server.HttpProbe;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Keep-alive connections that had one request answered each and then say nothing. One thread. */
public final class IdleConnections implements Resource {
  private static final int ANSWER_MAX_BYTES = 4_096;

  private final List<SocketChannel> channels = new ArrayList<>();

  private IdleConnections() {}

  /**
   * Opens so many.
   *
   * @throws BenchException that says how far it came, when the server or the limits of this process
   *     allow no more
   */
  public static IdleConnections open(int port, int count) throws BenchException {
    IdleConnections idle = new IdleConnections();
    try {
      for (int i = 0; i < count; i++) {
        idle.openOne(port);
      }
      return idle;
    } catch (IOException e) {
      int held = idle.channels.size();
      idle.close();
      throw new BenchException(
          "expected " + count + " idle connections, got " + held + ": " + e.getMessage(), e);
    }
  }

  private void openOne(int port) throws IOException {
    SocketChannel channel =
        SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    channels.add(channel);
    channel.write(ByteBuffer.wrap(HttpProbe.request("/health", "keep-alive")));
    ByteBuffer answer = ByteBuffer.allocate(ANSWER_MAX_BYTES);
    while (!StandardCharsets.ISO_8859_1
        .decode(answer.duplicate().flip())
        .toString()
        .contains("\r\n\r\n")) {
      if (channel.read(answer) <= 0) {
        throw new IOException("the server closed connection " + channels.size());
      }
    }
    channel.configureBlocking(false);
  }

  /** How many the server has closed meanwhile. */
  public int lost() {
    return (int) channels.stream().filter(IdleConnections::closed).count();
  }

  private static boolean closed(SocketChannel channel) {
    try {
      ByteBuffer rest = ByteBuffer.allocate(ANSWER_MAX_BYTES);
      int count = channel.read(rest);
      while (count > 0) {
        count = channel.read(rest.clear());
      }
      return count < 0;
    } catch (IOException e) {
      return true;
    }
  }

  @Override
  public void close() {
    for (SocketChannel channel : channels) {
      try {
        channel.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
