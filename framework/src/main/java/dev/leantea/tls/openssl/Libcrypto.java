package dev.leantea.tls.openssl;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The functions of {@code libcrypto.so.3} that are called; pointers are {@code long}. Linked when
 * this class is first used. Any thread, each object by one at a time.
 */
final class Libcrypto {
  private static final SymbolLookup LIBRARY = Calls.library("libcrypto.so.3");

  private static final MemorySegment OPENSSL_INIT_CRYPTO = find("OPENSSL_init_crypto");
  private static final MemorySegment VERSION_NUM = find("OpenSSL_version_num");
  private static final MemorySegment VERSION = find("OpenSSL_version");
  private static final MemorySegment ERR_CLEAR_ERROR = find("ERR_clear_error");
  private static final MemorySegment ERR_GET_ERROR = find("ERR_get_error");
  private static final MemorySegment ERR_REASON = find("ERR_reason_error_string");
  private static final MemorySegment BIO_NEW = find("BIO_new");
  private static final MemorySegment BIO_S_MEM = find("BIO_s_mem");
  private static final MemorySegment BIO_UP_REF = find("BIO_up_ref");
  private static final MemorySegment BIO_FREE = find("BIO_free");
  private static final MemorySegment BIO_CTRL = find("BIO_ctrl");
  private static final MemorySegment BIO_CTRL_PENDING = find("BIO_ctrl_pending");
  private static final MemorySegment BIO_READ = find("BIO_read");
  private static final MemorySegment BIO_WRITE = find("BIO_write");
  private static final MemorySegment D2I_X509 = find("d2i_X509");
  private static final MemorySegment I2D_X509 = find("i2d_X509");
  private static final MemorySegment X509_FREE = find("X509_free");
  private static final MemorySegment D2I_PRIVATE_KEY = find("d2i_AutoPrivateKey");
  private static final MemorySegment EVP_PKEY_FREE = find("EVP_PKEY_free");
  private static final MemorySegment X509_STORE_ADD_CERT = find("X509_STORE_add_cert");
  private static final MemorySegment X509_PARAM_SET_FLAGS = find("X509_VERIFY_PARAM_set_flags");
  private static final MemorySegment SK_NUM = find("OPENSSL_sk_num");
  private static final MemorySegment SK_VALUE = find("OPENSSL_sk_value");

  /** Objects that Java owns: made here or in {@link Libssl}, and not freed yet. */
  static final AtomicLong OWNED = new AtomicLong();

  private Libcrypto() {}

  private static MemorySegment find(String function) {
    return LIBRARY.findOrThrow(function);
  }

  /** Must come before other calls: with it, the exit of the JVM frees nothing that is in use. */
  static void initialize() {
    Calls.call(OPENSSL_INIT_CRYPTO, Abi.INIT_NO_ATEXIT, 0);
  }

  static long versionNumber() {
    return Calls.call(VERSION_NUM, 0);
  }

  static String version() {
    return Calls.text(Calls.call(VERSION, Abi.OPENSSL_VERSION));
  }

  // ---- errors of this operating system thread

  static void clearErrors() {
    Calls.shortCall(ERR_CLEAR_ERROR, 0, 0, 0);
  }

  /** Removes the oldest error from the queue; 0: there is none. */
  static long takeError() {
    return Calls.call(ERR_GET_ERROR, 0);
  }

  static String reason(long error) {
    return Calls.text(Calls.call(ERR_REASON, error));
  }

  // ---- memory BIOs

  static long newBio() {
    return owned(Calls.call(BIO_NEW, Calls.call(BIO_S_MEM, 0)), "BIO_new");
  }

  /** Counts one more owner, which need not be Java. */
  static void shareBio(long bio) {
    Calls.shortCall(BIO_UP_REF, bio, 0, 0);
  }

  static void freeBio(long bio) {
    OWNED.decrementAndGet();
    Calls.call(BIO_FREE, bio);
  }

  static void resetBio(long bio) {
    Calls.call(BIO_CTRL, bio, Abi.BIO_CTRL_RESET, 0, 0);
  }

  /** Number of bytes in it. */
  static int pending(long bio) {
    return (int) Calls.shortCall(BIO_CTRL_PENDING, bio, 0, 0);
  }

  static int read(long bio, byte[] bytes, int from, int count) {
    return Calls.bytesCall(BIO_READ, bio, bytes, from, count);
  }

  /** Into native memory, at most as many bytes as it has. */
  static int read(long bio, MemorySegment target) {
    return Calls.bytesCall(BIO_READ, bio, target, (int) target.byteSize());
  }

  static int write(long bio, byte[] bytes, int from, int count) {
    return Calls.bytesCall(BIO_WRITE, bio, bytes, from, count);
  }

  // ---- certificates and keys

  static long newCertificate(byte[] der) {
    return owned(decode(der, D2I_X509), "certificate");
  }

  static void freeCertificate(long certificate) {
    OWNED.decrementAndGet();
    Calls.call(X509_FREE, certificate);
  }

  /** Takes PKCS#8. */
  static long newPrivateKey(byte[] der) {
    return owned(decode(der, D2I_PRIVATE_KEY), "private key");
  }

  static void freePrivateKey(long key) {
    OWNED.decrementAndGet();
    Calls.call(EVP_PKEY_FREE, key);
  }

  private static long decode(byte[] der, MemorySegment function) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment copy = arena.allocateFrom(ValueLayout.JAVA_BYTE, der);
      MemorySegment cursor = arena.allocateFrom(ValueLayout.JAVA_LONG, copy.address());
      long object = Calls.call(function, 0, cursor.address(), der.length, 0);
      copy.fill((byte) 0); // it may have been a key
      return object;
    }
  }

  static byte[] encode(long certificate) {
    int bytes = (int) Calls.call(I2D_X509, certificate, 0);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment copy = arena.allocate(Math.max(bytes, 0));
      MemorySegment cursor = arena.allocateFrom(ValueLayout.JAVA_LONG, copy.address());
      Calls.call(I2D_X509, certificate, cursor.address());
      return copy.toArray(ValueLayout.JAVA_BYTE);
    }
  }

  /** The store counts a reference of its own. */
  static boolean trust(long store, long certificate) {
    return (int) Calls.call(X509_STORE_ADD_CERT, store, certificate) == 1;
  }

  static void setVerifyFlags(long param, long flags) {
    Calls.call(X509_PARAM_SET_FLAGS, param, flags);
  }

  /** Length of a stack; 0 or less without one. */
  static int count(long stack) {
    return (int) Calls.call(SK_NUM, stack);
  }

  static long element(long stack, int index) {
    return Calls.call(SK_VALUE, stack, index);
  }

  /** Counts an object that Java owns from now on. */
  static long owned(long object, String what) {
    if (object == 0) {
      throw new OpenSslException(what + ": " + Errors.take());
    }
    OWNED.incrementAndGet();
    return object;
  }
}
