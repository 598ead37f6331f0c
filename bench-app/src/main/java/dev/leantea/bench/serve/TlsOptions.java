package dev.leantea.bench.serve;

import dev.leantea.tls.Tls;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that make {@code serve} speak HTTPS. */
final class TlsOptions {
  @Option(
      names = "--tls-cert",
      paramLabel = "FILE",
      description = "Serves HTTPS with this certificate and its chain, in PEM format.")
  private @Nullable Path certificate;

  @Option(names = "--tls-key", paramLabel = "FILE", description = "Its private key, in PEM format.")
  private @Nullable Path key;

  @Option(
      names = "--tls-self-signed",
      description = "Serves HTTPS with a new certificate for localhost, which no client trusts.")
  private boolean selfSigned;

  @Option(
      names = "--tls-engine",
      paramLabel = "openssl|jdk",
      description = "Encrypts. Default: LEANTEA_TLS, else OpenSSL where it is found.")
  private Tls.@Nullable Engine engine;

  /** Empty for HTTP. */
  Optional<Tls> tls() {
    Optional<Tls> tls = files();
    if (tls.isEmpty() && engine != null) {
      throw new IllegalArgumentException(
          "TLS: expected --tls-cert and --tls-key, or --tls-self-signed, with --tls-engine");
    }
    Tls.Engine chosen = engine;
    return chosen == null ? tls : tls.map(it -> it.withEngine(chosen));
  }

  private Optional<Tls> files() {
    if (selfSigned && certificate == null && key == null) {
      return Optional.of(Tls.selfSigned());
    }
    if (!selfSigned && certificate != null && key != null) {
      return Optional.of(Tls.pem(certificate, key));
    }
    if (selfSigned || certificate != null || key != null) {
      throw new IllegalArgumentException(
          "TLS: expected --tls-cert and --tls-key, or --tls-self-signed alone");
    }
    return Optional.empty();
  }
}
