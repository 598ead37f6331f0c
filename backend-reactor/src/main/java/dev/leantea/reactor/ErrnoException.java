package dev.leantea.reactor;

import java.io.IOException;

/** A call to the kernel failed. */
final class ErrnoException extends IOException {
  private static final long serialVersionUID = 1L;

  private final int errno;

  /**
   * @param call for the message
   * @param result what it returned: the error number, negative
   */
  ErrnoException(String call, int result) {
    super(call + ": " + Errno.text(-result));
    this.errno = -result;
  }

  int errno() {
    return errno;
  }

  /** The result of a call, or its failure. */
  static int check(String call, int result) throws ErrnoException {
    if (result < 0) {
      throw new ErrnoException(call, result);
    }
    return result;
  }
}
