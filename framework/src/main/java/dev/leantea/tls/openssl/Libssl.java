package dev.leantea.tls.openssl;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;

/**
 * The functions of {@code libssl.so.3} that are called; pointers are {@code long}. Linked when this
 * class is first used. Any thread, each {@code SSL} by one at a time.
 */
final class Libssl {
  private static final SymbolLookup LIBRARY = Calls.library("libssl.so.3");

  private static final MemorySegment TLS_SERVER_METHOD = find("TLS_server_method");
  private static final MemorySegment CTX_NEW = find("SSL_CTX_new");
  private static final MemorySegment CTX_FREE = find("SSL_CTX_free");
  private static final MemorySegment CTX_CTRL = find("SSL_CTX_ctrl");
  private static final MemorySegment CTX_CALLBACK_CTRL = find("SSL_CTX_callback_ctrl");
  private static final MemorySegment CTX_SET_OPTIONS = find("SSL_CTX_set_options");
  private static final MemorySegment CTX_SET_CIPHER_LIST = find("SSL_CTX_set_cipher_list");
  private static final MemorySegment CTX_SET_CIPHERSUITES = find("SSL_CTX_set_ciphersuites");
  private static final MemorySegment CTX_USE_CERTIFICATE = find("SSL_CTX_use_certificate");
  private static final MemorySegment CTX_USE_PRIVATE_KEY = find("SSL_CTX_use_PrivateKey");
  private static final MemorySegment CTX_SET_SESSION_ID = find("SSL_CTX_set_session_id_context");
  private static final MemorySegment CTX_SET_VERIFY = find("SSL_CTX_set_verify");
  private static final MemorySegment CTX_GET_STORE = find("SSL_CTX_get_cert_store");
  private static final MemorySegment CTX_GET_PARAM = find("SSL_CTX_get0_param");
  private static final MemorySegment CTX_ADD_CLIENT_CA = find("SSL_CTX_add_client_CA");
  private static final MemorySegment CTX_SET_ALPN = find("SSL_CTX_set_alpn_select_cb");
  private static final MemorySegment NEW = find("SSL_new");
  private static final MemorySegment FREE = find("SSL_free");
  private static final MemorySegment SET_ACCEPT_STATE = find("SSL_set_accept_state");
  private static final MemorySegment SET_BIO = find("SSL_set_bio");
  private static final MemorySegment SET_CTX = find("SSL_set_SSL_CTX");
  private static final MemorySegment DO_HANDSHAKE = find("SSL_do_handshake");
  private static final MemorySegment READ = find("SSL_read");
  private static final MemorySegment WRITE = find("SSL_write");
  private static final MemorySegment SHUTDOWN = find("SSL_shutdown");
  private static final MemorySegment GET_ERROR = find("SSL_get_error");
  private static final MemorySegment GET_SERVERNAME = find("SSL_get_servername");
  private static final MemorySegment SELECT_NEXT_PROTO = find("SSL_select_next_proto");
  private static final MemorySegment GET_ALPN = find("SSL_get0_alpn_selected");
  private static final MemorySegment GET_VERSION = find("SSL_get_version");
  private static final MemorySegment GET_CIPHER = find("SSL_get_current_cipher");
  private static final MemorySegment CIPHER_NAME = find("SSL_CIPHER_standard_name");
  private static final MemorySegment GET_PEER = find("SSL_get1_peer_certificate");
  private static final MemorySegment GET_PEER_CHAIN = find("SSL_get_peer_cert_chain");

  private Libssl() {}

  private static MemorySegment find(String function) {
    return LIBRARY.findOrThrow(function);
  }

  // ---- SSL_CTX

  static long newContext() {
    return Libcrypto.owned(Calls.call(CTX_NEW, Calls.call(TLS_SERVER_METHOD, 0)), "SSL_CTX_new");
  }

  static void freeContext(long context) {
    Libcrypto.OWNED.decrementAndGet();
    Calls.call(CTX_FREE, context);
  }

  static long control(long context, int command, long number, long pointer) {
    return Calls.call(CTX_CTRL, context, command, number, pointer);
  }

  static void setCallback(long context, int command, long function) {
    Calls.call(CTX_CALLBACK_CTRL, context, command, function, 0);
  }

  static void setOptions(long context, long options) {
    Calls.call(CTX_SET_OPTIONS, context, options);
  }

  /** Of TLS 1.3. */
  static boolean setSuites(long context, MemorySegment list) {
    return (int) Calls.call(CTX_SET_CIPHERSUITES, context, list.address()) == 1;
  }

  /** Of TLS 1.2. */
  static boolean setCipherList(long context, MemorySegment list) {
    return (int) Calls.call(CTX_SET_CIPHER_LIST, context, list.address()) == 1;
  }

  static boolean useCertificate(long context, long certificate) {
    return (int) Calls.call(CTX_USE_CERTIFICATE, context, certificate) == 1;
  }

  /** Fails if the key does not belong to the certificate. */
  static boolean usePrivateKey(long context, long key) {
    return (int) Calls.call(CTX_USE_PRIVATE_KEY, context, key) == 1;
  }

  static void setSessionIdContext(long context, MemorySegment id) {
    Calls.call(CTX_SET_SESSION_ID, context, id.address(), id.byteSize(), 0);
  }

  static void setVerify(long context, int mode) {
    Calls.call(CTX_SET_VERIFY, context, mode, 0, 0);
  }

  static long trustStore(long context) {
    return Calls.call(CTX_GET_STORE, context);
  }

  static long verifyParam(long context) {
    return Calls.call(CTX_GET_PARAM, context);
  }

  static boolean addClientAuthority(long context, long certificate) {
    return (int) Calls.call(CTX_ADD_CLIENT_CA, context, certificate) == 1;
  }

  static void setAlpnCallback(long context, long function) {
    Calls.call(CTX_SET_ALPN, context, function, 0, 0);
  }

  // ---- SSL

  static long newServerSide(long context) {
    long ssl = Libcrypto.owned(Calls.call(NEW, context), "SSL_new");
    Calls.call(SET_ACCEPT_STATE, ssl);
    return ssl;
  }

  static void free(long ssl) {
    Libcrypto.OWNED.decrementAndGet();
    Calls.call(FREE, ssl);
  }

  /** Passes one reference of each BIO to the {@code SSL}, which frees those that it had. */
  static void setBios(long ssl, long in, long out) {
    Calls.call(SET_BIO, ssl, in, out, 0);
  }

  static void setContext(long ssl, long context) {
    Calls.call(SET_CTX, ssl, context);
  }

  static int handshake(long ssl) {
    return (int) Calls.call(DO_HANDSHAKE, ssl);
  }

  /** Only after the handshake: a handshake calls back. */
  static int read(long ssl, byte[] bytes) {
    return Calls.bytesCall(READ, ssl, bytes, 0, bytes.length);
  }

  /** Only after the handshake: a handshake calls back. */
  static int write(long ssl, MemorySegment bytes, int count) {
    return Calls.bytesCall(WRITE, ssl, bytes, count);
  }

  static void shutdown(long ssl) {
    Calls.call(SHUTDOWN, ssl);
  }

  /** Why a call returned this; on its thread, before other calls. */
  static int error(long ssl, int returned) {
    return (int) Calls.shortCall(GET_ERROR, ssl, returned, 0);
  }

  // ---- what was negotiated

  static String serverName(long ssl) {
    return Calls.text(Calls.call(GET_SERVERNAME, ssl, Abi.TLSEXT_NAMETYPE_HOST_NAME));
  }

  static int selectProtocol(long out, long outLength, MemorySegment ours, long theirs, int length) {
    return (int)
        Calls.call(
            SELECT_NEXT_PROTO, out, outLength, ours.address(), ours.byteSize(), theirs, length);
  }

  /** Writes the address of the protocol and its length, an {@code unsigned int}; 0, 0: none. */
  static void selectedProtocol(long ssl, MemorySegment address, MemorySegment length) {
    Calls.call(GET_ALPN, ssl, address.address(), length.address(), 0);
  }

  static String version(long ssl) {
    return Calls.text(Calls.call(GET_VERSION, ssl));
  }

  /** The name of the RFCs. */
  static String cipherSuite(long ssl) {
    return Calls.text(Calls.call(CIPHER_NAME, Calls.call(GET_CIPHER, ssl)));
  }

  /** The client's certificate, which the caller frees; 0: none. */
  static long peerCertificate(long ssl) {
    long certificate = Calls.call(GET_PEER, ssl);
    return certificate == 0 ? 0 : Libcrypto.owned(certificate, "SSL_get1_peer_certificate");
  }

  /** A stack of the further certificates that the client sent; 0: none. */
  static long peerChain(long ssl) {
    return Calls.call(GET_PEER_CHAIN, ssl);
  }
}
