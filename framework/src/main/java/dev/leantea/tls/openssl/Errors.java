package dev.leantea.tls.openssl;

import java.util.LinkedHashSet;

/** OpenSSL's error queue: it has one for each operating system thread. */
final class Errors {
  private static final int MAX_ERRORS = 32;

  private Errors() {}

  /** Empties the queue of this thread, and returns the reasons, the oldest first. */
  static String take() {
    var reasons = new LinkedHashSet<String>();
    for (int i = 0; i < MAX_ERRORS; i++) {
      long error = Libcrypto.takeError();
      if (error == 0) {
        break;
      }
      String reason = Libcrypto.reason(error);
      reasons.add(reason.isEmpty() ? "error " + Long.toHexString(error) : reason);
    }
    return reasons.isEmpty() ? "no reason given" : String.join(", ", reasons);
  }
}
