package dev.leantea.bench.harness;

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

/** Keep-alive connections that had one request answered each and then send nothing. One thread. */
final class IdleConnections implements Cleanup.Resource {
  private static final int ANSWER_BYTES_MAX = 4_096;

  private final List<SocketChannel> channels = new ArrayList<>();

  private IdleConnections() {}

  /** Opens so many; the server or the limits of this process may allow fewer. */
  static IdleConnections open(int port, int count) {
    IdleConnections idle = new IdleConnections();
    try {
      while (idle.channels.size() < count) {
        idle.openOne(port);
      }
      return idle;
    } catch (IOException e) {
      idle.close();
      throw new BenchException(
          "expected %d idle connections, got %d: %s"
              .formatted(count, idle.channels.size(), e.getMessage()),
          e);
    }
  }

  private void openOne(int port) throws IOException {
    SocketChannel channel =
        SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    channels.add(channel);
    channel.write(ByteBuffer.wrap(HttpProbe.request("/health", "keep-alive")));
    ByteBuffer answer = ByteBuffer.allocate(ANSWER_BYTES_MAX);
    while (!new String(answer.array(), StandardCharsets.ISO_8859_1).contains("\r\n\r\n")) {
      if (channel.read(answer) <= 0) {
        throw new IOException("the server closed connection " + channels.size());
      }
    }
    channel.configureBlocking(false);
  }

  int lost() {
    return (int) channels.stream().filter(IdleConnections::closed).count();
  }

  private static boolean closed(SocketChannel channel) {
    try {
      ByteBuffer rest = ByteBuffer.allocate(ANSWER_BYTES_MAX);
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
    try {
      for (SocketChannel channel : channels) {
        channel.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
