package dev.leantea.http;

import java.io.ByteArrayInputStream;
import java.io.InputStream;

/** The content of a request in memory, under the rules of one that is received. One thread. */
final class MemoryContent implements RequestContent {
  private final byte[] bytes;
  private final RequestContent original;
  private boolean gathered;
  private boolean streamed;

  /**
   * @param original what it stands for: the server's memory is reserved there
   */
  MemoryContent(byte[] bytes, RequestContent original) {
    this.bytes = bytes;
    this.original = original;
  }

  @Override
  public byte[] bytes() {
    if (streamed) {
      throw new IllegalStateException("body: expected one reader, but stream() was called before");
    }
    gathered = true;
    return bytes;
  }

  @Override
  public InputStream stream() {
    if (!gathered) {
      bytes();
      gathered = false;
      streamed = true;
    }
    return new ByteArrayInputStream(bytes);
  }

  @Override
  public void requireAccepted() {}

  @Override
  public MemoryReservation reserveMemory() {
    return original.reserveMemory();
  }
}
