package dev.leantea.proxy;

import dev.leantea.http.TlsSession;
import dev.leantea.wire.FileSlice;
import dev.leantea.wire.Wire;
import java.io.IOException;
import java.net.SocketAddress;
import java.util.Optional;

/** The wire of a connection that a load balancer passes on: its peer is the client. */
record ProxiedWire(Wire raw, SocketAddress remoteAddress) implements Wire {
  @Override
  public byte[] reserve(int bytes) {
    return raw.reserve(bytes);
  }

  @Override
  public int position() {
    return raw.position();
  }

  @Override
  public void commit(int end) {
    raw.commit(end);
  }

  @Override
  public void send(byte[] bytes, int from, int to) {
    raw.send(bytes, from, to);
  }

  @Override
  public void sendWhole(byte[] bytes) {
    raw.sendWhole(bytes);
  }

  @Override
  public void sendFile(FileSlice slice) {
    raw.sendFile(slice);
  }

  @Override
  public void flush() {
    raw.flush();
  }

  @Override
  public long unsent() {
    return raw.unsent();
  }

  @Override
  public void receiving(boolean on) {
    raw.receiving(on);
  }

  @Override
  public void awaitInput() throws IOException {
    raw.awaitInput();
  }

  @Override
  public void shutdownOutput() {
    raw.shutdownOutput();
  }

  @Override
  public void close() {
    raw.close();
  }

  @Override
  public void abort() {
    raw.abort();
  }

  @Override
  public Optional<TlsSession> tls() {
    return raw.tls();
  }
}
