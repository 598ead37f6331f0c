package dev.leantea.bench.harness.server;

import dev.leantea.bench.Resources;
import dev.leantea.bench.harness.BenchException;
import dev.leantea.bench.harness.report.ResultFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.apache.hc.core5.ssl.SSLContexts;

/**
 * The certificate that all servers of a run have: ECDSA P-256, self-signed, in PEM format. Any
 * thread.
 *
 * @param client trusts the certificate
 */
public record TlsFiles(Path certificate, Path key, SSLContext client) {
  /**
   * Makes one with {@code openssl}, and {@code files/mib}, which has 1 MiB.
   *
   * @param folder for the files, in a folder of this run
   * @throws BenchException when it cannot
   */
  public static TlsFiles create(Path folder) {
    letOthersIn(folder.toAbsolutePath());
    Path certificate = folder.resolve("certificate.pem");
    Path key = folder.resolve("key.pem");
    String words =
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj"
            + " /CN=localhost -addext subjectAltName=DNS:localhost,IP:127.0.0.1 -keyout "
            + key
            + " -out "
            + certificate;
    String output = Programs.output(words.split(" ", -1));
    if (!Files.isRegularFile(certificate)) {
      throw new BenchException("openssl req: expected a certificate, got: " + output.strip());
    }
    ResultFile.writeText(folder.resolve("files/mib"), "tea\n".repeat(1 << 18));
    return new TlsFiles(certificate, key, trusting(certificate));
  }

  /** Makes it; the workers of nginx are another user's, where its master is root's. */
  private static void letOthersIn(Path folder) {
    try {
      Files.createDirectories(folder);
      Set<PosixFilePermission> passable = PosixFilePermissions.fromString("rwx--x--x");
      Files.setPosixFilePermissions(folder, passable);
      Files.setPosixFilePermissions(folder.resolveSibling(""), passable);
    } catch (IOException e) {
      throw new BenchException("cannot make " + folder + ": " + e.getMessage(), e);
    }
  }

  private static SSLContext trusting(Path certificate) {
    try (InputStream in = Files.newInputStream(certificate)) {
      KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
      trusted.load(null, null);
      trusted.setCertificateEntry(
          "server", CertificateFactory.getInstance("X.509").generateCertificate(in));
      return SSLContexts.custom().loadTrustMaterial(trusted, null).build();
    } catch (IOException | GeneralSecurityException e) {
      throw new BenchException("cannot trust " + certificate + ": " + e.getMessage(), e);
    }
  }

  /** The folder of {@code mib}. */
  public Path files() {
    return certificate.resolveSibling("files");
  }

  /** A file with both, as HAProxy wants them. */
  public Path certificateAndKey() {
    Path both = certificate.resolveSibling("site.pem");
    ResultFile.writeText(both, ResultFile.readText(certificate) + ResultFile.readText(key));
    return both;
  }

  /** For {@code serve}. */
  List<String> serveOptions() {
    return List.of(
        "--tls-cert",
        certificate.toString(),
        "--tls-key",
        key.toString(),
        "--files",
        files().toString());
  }

  /** The same for nginx, with the suite that LeanTea prefers. */
  String nginxDirectives() {
    return Resources.text(TlsFiles.class, "nginx-tls.conf")
        .replace("CERTIFICATE", certificate.toString())
        .replace("KEY", key.toString())
        .replace("FOLDER", certificate.resolveSibling("").toString());
  }
}
