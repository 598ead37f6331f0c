package dev.leantea.tls.openssl;

import dev.leantea.wire.FileSlice;
import dev.leantea.wire.Wire;
import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.net.SocketAddress;

/** Collects what an engine writes. */
final class MemoryWire implements Wire {
  /** As in a buffer that others have written to before. */
  private static final int OFFSET = 3;

  private final ByteArrayOutputStream queue = new ByteArrayOutputStream();
  private byte[] reserved = new byte[0];

  /** Removes all that was written. */
  byte[] take() {
    byte[] bytes = queue.toByteArray();
    queue.reset();
    return bytes;
  }

  @Override
  public byte[] reserve(int bytes) {
    reserved = new byte[OFFSET + bytes];
    return reserved;
  }

  @Override
  public int position() {
    return OFFSET;
  }

  @Override
  public void commit(int end) {
    queue.write(reserved, OFFSET, end - OFFSET);
  }

  @Override
  public void send(byte[] bytes, int from, int to) {
    queue.write(bytes, from, to - from);
  }

  @Override
  public void sendWhole(byte[] bytes) {
    queue.writeBytes(bytes);
  }

  @Override
  public void sendFile(FileSlice slice) {
    throw new UnsupportedOperationException("an engine sends no files");
  }

  @Override
  public void flush() {}

  @Override
  public long unsent() {
    return queue.size();
  }

  @Override
  public void receiving(boolean on) {}

  @Override
  public void shutdownOutput() {}

  @Override
  public void close() {}

  @Override
  public void abort() {}

  @Override
  public SocketAddress remoteAddress() {
    return InetSocketAddress.createUnresolved("client", 1);
  }
}
