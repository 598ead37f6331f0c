package dev.leantea.forms;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * A request's body up to a limit. It remembers that reading it failed, for the parser above it
 * wraps what it throws, and a failed connection must not be taken for a malformed form. One thread.
 */
final class LimitedBody extends InputStream {
  private final InputStream body;
  private final long limit;
  private long count;
  private @Nullable IOException failure;

  LimitedBody(InputStream body, long limit) {
    this.body = body;
    this.limit = limit;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int read = readBody(target, offset, length);
    count += Math.max(0, read);
    if (count > limit) {
      throw Forms.tooLarge("expected at most " + limit + " bytes");
    }
    return read;
  }

  private int readBody(byte[] target, int offset, int length) throws IOException {
    try {
      return body.read(target, offset, length);
    } catch (IOException e) {
      failure = e;
      throw e;
    }
  }

  /** Throws what reading the body threw, if it did. */
  void requireRead() throws IOException {
    if (failure != null) {
      throw failure;
    }
  }
}
