package dev.leantea.reactor;

/**
 * The Linux error numbers that the io_uring engine handles: the same on all supported
 * architectures.
 */
final class Errno {
  static final int EPERM = 1;
  static final int ENOENT = 2;
  static final int EINTR = 4;
  static final int EAGAIN = 11;
  static final int ENOMEM = 12;
  static final int EACCES = 13;
  static final int EBUSY = 16;
  static final int EINVAL = 22;
  static final int ENFILE = 23;
  static final int EMFILE = 24;
  static final int ENOSYS = 38;
  static final int ETIME = 62;
  static final int EAFNOSUPPORT = 97;
  static final int EADDRINUSE = 98;
  static final int EADDRNOTAVAIL = 99;
  static final int ENOBUFS = 105;
  static final int ECANCELED = 125;

  private Errno() {}

  /** The description of an error number, for messages. */
  static String text(int errno) {
    return switch (errno) {
      case EPERM -> "operation not permitted";
      case ENOENT -> "no such entry";
      case EINTR -> "interrupted";
      case EAGAIN -> "try again";
      case ENOMEM -> "out of memory";
      case EACCES -> "permission denied";
      case EBUSY -> "busy";
      case EINVAL -> "invalid argument";
      case ENFILE -> "too many open files in the system";
      case EMFILE -> "too many open files";
      case ENOSYS -> "function not implemented";
      case ETIME -> "timer expired";
      case EAFNOSUPPORT -> "address family not supported";
      case EADDRINUSE -> "address already in use";
      case EADDRNOTAVAIL -> "address not available";
      case ENOBUFS -> "no buffer space";
      case ECANCELED -> "canceled";
      default -> "errno " + errno;
    };
  }
}
