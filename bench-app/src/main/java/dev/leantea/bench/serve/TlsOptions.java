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

  /** Empty for HTTP. */
  Optional<Tls> tls() {
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
