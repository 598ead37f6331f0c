package dev.leantea.reactor;

import java.io.IOException;

/** A system call failed. */
final class ErrnoException extends IOException {
  private static final long serialVersionUID = 1L;

  private final int errno;

  /**
   * @param call its name, for the message
   * @param result its result: the negated error number
   */
  ErrnoException(String call, int result) {
    super(call + ": " + Errno.text(-result));
    this.errno = -result;
  }

  int errno() {
    return errno;
  }

  /** Returns a call's result; throws if it is an error number. */
  static int check(String call, int result) throws ErrnoException {
    if (result < 0) {
      throw new ErrnoException(call, result);
    }
    return result;
  }
}
