package dev.leantea.tls.openssl;

/** How far a handshake came with the bytes that were received. */
sealed interface HandshakeStep {
  /** More bytes are needed. */
  record Incomplete() implements HandshakeStep {}

  record Complete() implements HandshakeStep {}

  /** An alert may have been written. */
  record Failed(String reason) implements HandshakeStep {}

  /** Continues the handshake. The private key operations and the certificate checks happen here. */
  static HandshakeStep of(long ssl, Bios bios) {
    int unread = bios.unread();
    while (true) {
      Libcrypto.clearErrors();
      int returned = Libssl.handshake(ssl);
      if (returned == 1) {
        return new Complete();
      }
      if (Libssl.error(ssl, returned) != Abi.ERROR_WANT_READ) {
        return new Failed(Errors.take());
      }
      int left = bios.unread();
      if (left == 0 || left == unread) {
        return new Incomplete();
      }
      unread = left; // it stopped after a record that is no part of the handshake
    }
  }
}
