package dev.leantea.tls.openssl;

/**
 * OpenSSL 3 as its headers define it: {@code openssl/ssl.h}, {@code tls1.h}, {@code bio.h}, {@code
 * x509_vfy.h}, {@code crypto.h}. The values are part of the ABI of {@code libssl.so.3}.
 */
final class Abi {
  /** Version 3.0.0 in {@code OpenSSL_version_num}: major, minor, 0, patch, 0. */
  static final long VERSION_3 = 0x3000_0000L;

  /** Of {@code OpenSSL_version}: the text for people. */
  static final int OPENSSL_VERSION = 0;

  static final long INIT_NO_ATEXIT = 0x8_0000L;

  // ---- results of SSL_get_error
  static final int ERROR_SSL = 1;
  static final int ERROR_WANT_READ = 2;
  static final int ERROR_ZERO_RETURN = 6;

  // ---- SSL_CTX_ctrl
  static final int CTRL_MODE = 33;
  static final int CTRL_SET_SESS_CACHE_MODE = 44;
  static final int CTRL_SET_TLSEXT_SERVERNAME_CB = 53;
  static final int CTRL_CLEAR_MODE = 78;
  static final int CTRL_CHAIN_CERT = 89;
  static final int CTRL_SET_GROUPS_LIST = 92;
  static final int CTRL_SET_MIN_PROTO_VERSION = 123;

  static final int TLS1_2_VERSION = 0x0303;
  static final int SESS_CACHE_OFF = 0;

  /** Of {@code CTRL_CHAIN_CERT}: count a reference of the context's own. */
  static final int CHAIN_ADD_REFERENCE = 1;

  static final int MODE_AUTO_RETRY = 0x4;
  static final int MODE_RELEASE_BUFFERS = 0x10;

  static final long OP_NO_COMPRESSION = 1L << 17;

  /** A client that prefers ChaCha20 has no instructions for AES: it gets it. */
  static final long OP_PRIORITIZE_CHACHA = 1L << 21;

  static final long OP_CIPHER_SERVER_PREFERENCE = 1L << 22;
  static final long OP_NO_RENEGOTIATION = 1L << 30;

  static final int VERIFY_NONE = 0;
  static final int VERIFY_PEER = 0x1;
  static final int VERIFY_FAIL_IF_NO_PEER_CERT = 0x2;

  /** Any trusted certificate ends a chain, not self-signed ones alone. */
  static final long X509_V_FLAG_PARTIAL_CHAIN = 0x8_0000L;

  // ---- callbacks of extensions
  static final int TLSEXT_NAMETYPE_HOST_NAME = 0;
  static final int TLSEXT_ERR_OK = 0;
  static final int TLSEXT_ERR_ALERT_FATAL = 2;
  static final int TLSEXT_ERR_NOACK = 3;

  /** Of {@code SSL_select_next_proto}: both sides have the protocol. */
  static final int NPN_NEGOTIATED = 1;

  // ---- BIO_ctrl
  static final int BIO_CTRL_RESET = 1;

  private Abi() {}
}
