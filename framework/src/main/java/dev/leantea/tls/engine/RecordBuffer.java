package dev.leantea.tls.engine;

import dev.leantea.wire.FileSlice;
import dev.leantea.wire.Wire;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Arrays;

/** Records in memory, on their way from an engine to a wire. One thread at a time. */
final class RecordBuffer implements Wire {
  private static final byte[] NONE = {};

  private byte[] bytes = NONE;
  private int size;

  boolean isEmpty() {
    return size == 0;
  }

  /** What was written; the buffer is empty then. */
  byte[] take() {
    byte[] taken = bytes.length == size ? bytes : Arrays.copyOf(bytes, size);
    bytes = NONE;
    size = 0;
    return taken;
  }

  @Override
  public byte[] reserve(int count) {
    if (bytes.length - size < count) {
      bytes = Arrays.copyOf(bytes, Math.max(size + count, 2 * bytes.length));
    }
    return bytes;
  }

  @Override
  public int position() {
    return size;
  }

  @Override
  public void commit(int end) {
    size = end;
  }

  @Override
  public void send(byte[] source, int from, int to) {
    System.arraycopy(source, from, reserve(to - from), size, to - from);
    size += to - from;
  }

  @Override
  public void sendWhole(byte[] whole) {
    send(whole, 0, whole.length);
  }

  @Override
  public void sendFile(FileSlice slice) {
    throw new UnsupportedOperationException("records: expected bytes, got a file");
  }

  @Override
  public void flush() {
    // its owner takes them
  }

  @Override
  public long unsent() {
    return size;
  }

  @Override
  public void receiving(boolean on) {
    // nothing is received by a buffer
  }

  @Override
  public void shutdownOutput() {
    // its owner does
  }

  @Override
  public void close() {
    size = 0;
  }

  @Override
  public void abort() {
    close();
  }

  @Override
  public SocketAddress remoteAddress() {
    return InetSocketAddress.createUnresolved("memory", 0);
  }
}
