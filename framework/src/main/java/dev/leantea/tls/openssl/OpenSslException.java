package dev.leantea.tls.openssl;

/** OpenSSL refused a certificate, a key or a setting; or it had no memory. */
final class OpenSslException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  OpenSslException(String message) {
    super(message);
  }
}
