package dev.leantea.conformance;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A client of a unix domain socket that sends any bytes, and reads responses strictly. */
final class UnixClient implements AutoCloseable {
  private final SocketChannel channel;
  private final ReplyReader replies;

  UnixClient(Path path) throws IOException {
    channel = SocketChannel.open(UnixDomainSocketAddress.of(path));
    replies = new ReplyReader(new BufferedInputStream(Channels.newInputStream(channel)));
  }

  UnixClient send(String latin1) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(latin1.getBytes(StandardCharsets.ISO_8859_1));
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
    return this;
  }

  /** A GET of the path, with a Host. */
  UnixClient get(String path) throws IOException {
    return send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
  }

  WireClient.Reply read() throws IOException {
    return replies.read(false);
  }

  /** Waits for the server to close; fails when bytes come instead. */
  void expectEnd() throws IOException {
    replies.expectEnd();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
