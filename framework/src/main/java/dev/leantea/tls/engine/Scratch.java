package dev.leantea.tls.engine;

import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Arrays that engines need during a call and not between calls, so that idle connections have none.
 * Any thread; a thread finds the one that it gave last in most cases.
 */
final class Scratch {
  /** More than the largest record of the JDK's engine. */
  private static final int BYTES = 17 * 1024;

  private static final int SLOTS = 64;

  private final AtomicReferenceArray<byte[]> kept = new AtomicReferenceArray<>(SLOTS);

  byte[] take() {
    byte[] array = kept.getAndSet(slot(), null);
    return array == null ? new byte[BYTES] : array;
  }

  void give(byte[] array) {
    kept.set(slot(), array);
  }

  private static int slot() {
    return (int) Thread.currentThread().threadId() & (SLOTS - 1);
  }
}
