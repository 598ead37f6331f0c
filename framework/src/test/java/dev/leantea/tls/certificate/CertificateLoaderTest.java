package dev.leantea.tls.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leantea.conformance.Requirement;
import dev.leantea.tls.Tls;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys and certificates as OpenSSL's program writes them. */
class CertificateLoaderTest {
  @TempDir private Path folder;

  @BeforeEach
  void requireOpenSsl() {
    Requirement.require(Files.isExecutable(Path.of("/usr/bin/openssl")), "openssl");
  }

  @ParameterizedTest
  @CsvSource({
    "RSA, genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048",
    "EC, genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256",
    "EdDSA, genpkey -algorithm ED25519",
    "RSA, genrsa -traditional",
    "EC, ecparam -name prime256v1 -genkey",
    "EC, ecparam -name secp384r1 -genkey -noout"
  })
  void key_ofEachKindAndFormat_isRead(String algorithm, String command) throws Exception {
    Path key = folder.resolve("key.pem");
    openssl(command + " -out " + key);
    Identity identity = load(Tls.pem(certificate(key), key));
    assertThat(identity.key().getAlgorithm()).isEqualTo(algorithm);
    assertThat(CertificateNames.names(identity.certificate())).containsExactly("tea.example");
  }

  @Test
  void key_thatIsEncrypted_needsItsPassword() throws Exception {
    Path key = folder.resolve("key.pem");
    Path encrypted = folder.resolve("encrypted.pem");
    openssl("genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out " + key);
    openssl("pkcs8 -topk8 -v2 aes-256-cbc -passout pass:secret -in " + key + " -out " + encrypted);
    Path chain = certificate(key);
    assertThat(load(Tls.pem(chain, encrypted, "secret")).key().getAlgorithm()).isEqualTo("EC");
    assertThatThrownBy(() -> load(Tls.pem(chain, encrypted)))
        .hasMessage(encrypted + ": expected a password, for the key is encrypted");
    assertThatThrownBy(() -> load(Tls.pem(chain, encrypted, "wrong")))
        .hasMessageContaining(encrypted + ": the key cannot be decrypted, is the password right?");
  }

  @Test
  void key_inOpenSslsOldEncryption_isRefusedWithWhatToDo() throws Exception {
    Path key = folder.resolve("key.pem");
    openssl("genrsa -traditional -aes128 -passout pass:secret -out " + key + " 2048");
    Path chain = folder.resolve("chain.pem");
    openssl("req -x509 -subj /CN=tea -passin pass:secret -key " + key + " -out " + chain);
    assertThatThrownBy(() -> load(Tls.pem(chain, key, "secret")))
        .hasMessageContaining("openssl pkcs8 -topk8 -in OLD -out NEW");
  }

  @Test
  void keyStore_isRead() throws Exception {
    Path key = folder.resolve("key.pem");
    Path store = folder.resolve("keys.p12");
    openssl("genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out " + key);
    openssl(
        "pkcs12 -export -passout pass:secret -inkey %s -in %s -out %s"
            .formatted(key, certificate(key), store));
    assertThat(load(Tls.keyStore(store, "secret")).key().getAlgorithm()).isEqualTo("EC");
    assertThatThrownBy(() -> load(Tls.keyStore(store, "wrong")))
        .hasMessageContaining(store + ": expected a key store (PKCS#12 or JKS) of this password");
  }

  @Test
  void names_areFoundInAnyCase_andOneLabelByAWildcard() {
    Identity self = SelfSigned.create();
    CertificateNames names = CertificateNames.of(List.of(self, self));
    assertThat(names.indexes("LocalHost.")).containsExactly(0, 1);
    assertThat(names.defaults()).containsExactly(0, 1);
    assertThat(names.index("unknown")).isZero();
  }

  private Path certificate(Path key) throws IOException, InterruptedException {
    Path file = folder.resolve("certificate.pem");
    openssl(
        "req -x509 -subj /CN=tea -addext subjectAltName=DNS:Tea.example -key %s -out %s"
            .formatted(key, file));
    return file;
  }

  private static Identity load(Tls tls) {
    return new CertificateLoader(tls, List.of()).load().identities().getFirst();
  }

  private static void openssl(String arguments) throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of("/usr/bin/openssl"));
    command.addAll(List.of(arguments.split(" ", -1)));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
  }
}
