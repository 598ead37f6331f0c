package dev.leantea.http;

import java.io.InputStream;

/** The content of a request without a body. */
final class EmptyContent implements RequestContent {
  private static final byte[] NO_BYTES = new byte[0];

  @Override
  public byte[] bytes() {
    return NO_BYTES;
  }

  @Override
  public InputStream stream() {
    return InputStream.nullInputStream();
  }

  @Override
  public void requireAccepted() {}

  @Override
  public MemoryReservation reserveMemory() {
    return MemoryReservation.UNCOUNTED;
  }
}
