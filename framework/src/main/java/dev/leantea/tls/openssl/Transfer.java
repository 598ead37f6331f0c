package dev.leantea.tls.openssl;

import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * What an engine needs during a call and not between calls: the BIOs, and an array for plaintext.
 * An idle connection has none. One thread at a time.
 *
 * <pre>
 *  take ─▶ used by one call of one engine ─▶ give ─▶ kept for the next, or freed
 * </pre>
 *
 * <p>A thread finds the one that it gave last in most cases, and it is still attached to the
 * engine: an event loop has one for all its connections. The number that is kept is limited.
 */
final class Transfer {
  /** The plaintext of a record, RFC 8446 §5.1. */
  static final int MAX_PLAINTEXT_BYTES = 16_384;

  private static final int SLOTS_LOG2 = 6;
  private static final int MAX_PROBES = 3;
  private static final long GOLDEN_RATIO = 0x9E37_79B9_7F4A_7C15L;
  private static final AtomicReferenceArray<Transfer> KEPT =
      new AtomicReferenceArray<>(1 << SLOTS_LOG2);

  final Bios bios = Bios.create();
  final byte[] plaintext = new byte[MAX_PLAINTEXT_BYTES];

  private Transfer() {}

  static Transfer take() {
    int first = firstSlot();
    for (int i = 0; i < MAX_PROBES; i++) {
      Transfer kept = KEPT.getAndSet(slot(first + i), null);
      if (kept != null) {
        return kept;
      }
    }
    return new Transfer();
  }

  /** Its BIOs are empty. */
  void give() {
    int first = firstSlot();
    for (int i = 0; i < MAX_PROBES; i++) {
      if (KEPT.compareAndSet(slot(first + i), null, this)) {
        return;
      }
    }
    bios.free();
  }

  /** Frees all that are kept. */
  static void clear() {
    for (int i = 0; i < KEPT.length(); i++) {
      Transfer kept = KEPT.getAndSet(i, null);
      if (kept != null) {
        kept.bios.free();
      }
    }
  }

  /** Far apart for threads whose numbers are close. */
  private static int firstSlot() {
    return (int) ((Thread.currentThread().threadId() * GOLDEN_RATIO) >>> (Long.SIZE - SLOTS_LOG2));
  }

  private static int slot(int index) {
    return index & (KEPT.length() - 1);
  }
}
