package dev.leantea.tls.openssl;

import dev.leantea.tls.certificate.TlsSettings;
import dev.leantea.tls.engine.TlsContext;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Optional;

/** TLS by OpenSSL 3, and whether it is here. Any thread. */
public final class OpenSsl {
  /** Probed once, on first use. */
  private static final class Probe {
    static final Optional<String> UNAVAILABLE = probe();
  }

  private OpenSsl() {}

  /** Why it is unavailable, as one line for the operator; empty if it is available. */
  public static Optional<String> unavailable() {
    return Probe.UNAVAILABLE;
  }

  /** The library's name and version, such as {@code OpenSSL 3.0.19 27 Jan 2026}; if available. */
  public static String version() {
    return Libcrypto.version();
  }

  /**
   * Passes certificates and keys to OpenSSL, which must be available.
   *
   * @throws IllegalArgumentException when OpenSSL refuses one of them; says which, and why
   */
  public static TlsContext context(TlsSettings settings) {
    try {
      return new OpenSslContext(settings);
    } catch (OpenSslException e) {
      throw new IllegalArgumentException("TLS: " + e.getMessage(), e);
    }
  }

  /** Number of native objects that are owned and not freed, of all connections. For tests. */
  static long liveObjects() {
    return Libcrypto.OWNED.get();
  }

  private static Optional<String> probe() {
    Optional<String> wrong =
        wrongMachine(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
    return wrong.isPresent() ? wrong : load();
  }

  /** The conventions that {@link Calls} relies on. */
  static Optional<String> wrongMachine(String system, String machine) {
    boolean fits =
        system.equals("Linux")
            && ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN
            && ValueLayout.ADDRESS.byteSize() == Long.BYTES;
    return fits
        ? Optional.empty()
        : Optional.of("expected 64-bit Linux, got " + system + " on " + machine);
  }

  private static Optional<String> load() {
    try {
      Libcrypto.initialize();
      Libssl.freeContext(Libssl.newContext());
      return tooOld(Libcrypto.versionNumber());
    } catch (LinkageError | RuntimeException e) {
      return Optional.of(explain(e));
    }
  }

  static Optional<String> tooOld(long version) {
    return version >= Abi.VERSION_3
        ? Optional.empty()
        : Optional.of("expected OpenSSL 3.0 or newer, got version " + Long.toHexString(version));
  }

  /** The JVM denies native calls, there is no library, or it lacks a function. */
  static String explain(Throwable failure) {
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    if (cause instanceof IllegalCallerException) {
      return "native access is denied to this module; the JVM option "
          + option(OpenSsl.class.getModule())
          + " allows it";
    }
    return "expected libssl.so.3 and libcrypto.so.3 of OpenSSL 3 (Debian: libssl3), got: "
        + cause.getMessage();
  }

  private static String option(Module module) {
    return "--enable-native-access=" + (module.isNamed() ? module.getName() : "ALL-UNNAMED");
  }
}
