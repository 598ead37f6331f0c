package dev.leantea.tls.engine;

/** Receives decrypted bytes. */
public interface Plaintext {
  /**
   * Bytes were decrypted. The array may be used only until this returns. It may call {@link
   * TlsEngine#send}, {@link TlsEngine#closeOutput} and {@link TlsEngine#close} of the same engine;
   * after a close no more bytes follow.
   */
  void received(byte[] bytes, int from, int to);
}
