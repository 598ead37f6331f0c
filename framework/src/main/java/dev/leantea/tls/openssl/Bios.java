package dev.leantea.tls.openssl;

import dev.leantea.wire.Wire;
import java.lang.foreign.MemorySegment;

/**
 * Two memory BIOs: ciphertext to OpenSSL and from it. They are empty between calls of an engine, so
 * that engines can share them. One thread at a time.
 *
 * <pre>
 *  received bytes ─▶ in ─▶ SSL_do_handshake, SSL_read, SSL_write ─▶ out ─▶ Wire
 * </pre>
 *
 * @param in a {@code BIO}
 * @param out a {@code BIO}
 */
record Bios(long in, long out) {
  /** Backends reuse arrays of this size; a larger one would be new for each record. */
  private static final int MAX_RESERVED_BYTES = 4 * 1024;

  static Bios create() {
    long in = Libcrypto.newBio();
    try {
      return new Bios(in, Libcrypto.newBio());
    } catch (RuntimeException | Error e) {
      Libcrypto.freeBio(in);
      throw e;
    }
  }

  /** Passes both to an {@code SSL}, the only owner from now on. */
  void moveTo(long ssl) {
    Libcrypto.OWNED.addAndGet(-2);
    Libssl.setBios(ssl, in, out);
  }

  /** Has an {@code SSL} use both; it is a further owner. */
  void attachTo(long ssl) {
    Libcrypto.shareBio(in);
    Libcrypto.shareBio(out);
    Libssl.setBios(ssl, in, out);
  }

  /** Adds received bytes. */
  void put(byte[] bytes, int from, int to) {
    for (int at = from; at < to; ) {
      int count = Libcrypto.write(in, bytes, at, to - at);
      if (count <= 0) {
        throw new OpenSslException("BIO_write: " + Errors.take());
      }
      at += count;
    }
  }

  /** Number of received bytes that OpenSSL has not read. */
  int unread() {
    return Libcrypto.pending(in);
  }

  /** Removes the received bytes that OpenSSL has not read. */
  byte[] takeUnread() {
    byte[] rest = new byte[unread()];
    if (rest.length > 0) {
      Libcrypto.read(in, rest, 0, rest.length);
    }
    return rest;
  }

  /** Moves what OpenSSL wrote to the wire's queue; false if that is nothing. */
  boolean sendTo(Wire wire) {
    int pending = Libcrypto.pending(out);
    if (pending > MAX_RESERVED_BYTES) {
      MemorySegment direct = wire.reserveNative(pending);
      if (direct != null) {
        wire.commitNative(Math.max(0, Libcrypto.read(out, direct)));
        return true;
      }
    }
    return copyTo(wire, pending);
  }

  private boolean copyTo(Wire wire, int pending) {
    for (int left = pending; left > 0; ) {
      int count = Math.min(left, MAX_RESERVED_BYTES);
      byte[] target = wire.reserve(count);
      int at = wire.position();
      int read = Math.max(0, Libcrypto.read(out, target, at, count));
      wire.commit(at + read);
      left = read == count ? left - count : 0;
    }
    return pending > 0;
  }

  void clear() {
    Libcrypto.resetBio(in);
    Libcrypto.resetBio(out);
  }

  void free() {
    Libcrypto.freeBio(in);
    Libcrypto.freeBio(out);
  }
}
