package dev.leantea.tls.openssl;

/** Counts OpenSSL's objects, for tests of other packages. */
public final class NativeObjects {
  private NativeObjects() {}

  /** Number of those that connections and contexts own; without those that are kept for reuse. */
  public static long owned() {
    if (OpenSsl.unavailable().isPresent()) {
      return 0;
    }
    Transfer.clear();
    return OpenSsl.liveObjects();
  }
}
