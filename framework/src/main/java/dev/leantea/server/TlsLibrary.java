package dev.leantea.server;

import dev.leantea.tls.Tls;
import dev.leantea.tls.certificate.TlsSettings;
import dev.leantea.tls.engine.JdkContext;
import dev.leantea.tls.engine.TlsContext;
import dev.leantea.tls.openssl.OpenSsl;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/** The library that encrypts. Any thread. */
sealed interface TlsLibrary {
  /** Selects one: {@code openssl} or {@code jdk}. Without it, OpenSSL is used where it is found. */
  String VARIABLE = "LEANTEA_TLS";

  /** Passes certificates and keys to the library. */
  TlsContext context(TlsSettings settings);

  /** For the log: the library, and why it is this one. */
  String description();

  /** The system's OpenSSL 3. */
  record OpenSslLibrary(String description) implements TlsLibrary {
    @Override
    public TlsContext context(TlsSettings settings) {
      return OpenSsl.context(settings);
    }
  }

  /** The JDK's {@code SSLEngine}. */
  record Jdk(String description) implements TlsLibrary {
    @Override
    public TlsContext context(TlsSettings settings) {
      return JdkContext.of(settings);
    }
  }

  /**
   * The one that the configuration or else the environment selects.
   *
   * @throws IllegalArgumentException when there is none of that name, or it is unavailable
   */
  static TlsLibrary of(Tls tls) {
    String selected =
        tls.engine()
            .map(it -> it.name().toLowerCase(Locale.ROOT))
            .orElseGet(() -> System.getenv().getOrDefault(VARIABLE, ""));
    return select(selected, OpenSsl::unavailable, OpenSsl::version);
  }

  /**
   * The one of this name.
   *
   * @param name {@code openssl}, {@code jdk}, or empty for the best that is here
   * @param unavailable why OpenSSL is unavailable
   * @param version of OpenSSL, if it is available
   */
  static TlsLibrary select(
      String name, Supplier<Optional<String>> unavailable, Supplier<String> version) {
    return switch (name) {
      case "jdk" -> new Jdk("the JDK, as selected");
      case "openssl" ->
          unavailable
              .get()
              .map(TlsLibrary::refuse)
              .orElseGet(() -> new OpenSslLibrary(version.get() + ", as selected"));
      case "" ->
          unavailable
              .get()
              .<TlsLibrary>map(why -> new Jdk("the JDK; OpenSSL is unavailable: " + why))
              .orElseGet(() -> new OpenSslLibrary(version.get()));
      default ->
          throw new IllegalArgumentException(
              VARIABLE + ": expected openssl or jdk, got \"" + name + "\"");
    };
  }

  private static TlsLibrary refuse(String why) {
    throw new IllegalArgumentException(
        "TLS: expected OpenSSL, which " + VARIABLE + " or the configuration selects: " + why);
  }
}
