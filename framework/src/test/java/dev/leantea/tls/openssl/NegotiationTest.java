package dev.leantea.tls.openssl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.leantea.tls.ClientCertificates;
import dev.leantea.tls.certificate.Identity;
import dev.leantea.tls.engine.TlsEngine;
import dev.leantea.tls.engine.TlsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Server names, protocols, client certificates, and certificates that cannot be used. */
final class NegotiationTest {
  private static final String TLS_1_2 = "TLSv1.2";
  private static final String TLS_1_3 = "TLSv1.3";

  @TempDir private static Path folder;

  private static Identity localhost;
  private static Identity other;
  private static Identity authority;
  private static Identity client;
  private static Identity ofClient;
  private static Identity impostor;

  @BeforeAll
  static void makeKeys() throws Exception {
    var keys = TestKeys.in(folder);
    localhost = keys.selfSigned("localhost", "EC");
    authority = keys.selfSigned("authority", "EC");
    other = keys.signed("other.example", "authority");
    client = keys.signed("client", "authority");
    ofClient = keys.signed("of-client", "client");
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    impostor = TestKeys.in(elsewhere).selfSigned("authority", "EC");
  }

  private static X509Certificate shown(Link link) throws SSLPeerUnverifiedException {
    return (X509Certificate) link.client.engine().getSession().getPeerCertificates()[0];
  }

  @ParameterizedTest
  @ValueSource(strings = {TLS_1_2, TLS_1_3})
  void serverName_choosesTheCertificateWithItsChain(String version) throws Exception {
    try (TestServer server = TestServer.of(localhost, other);
        TlsEngine first = server.accept();
        TlsEngine second = server.accept()) {
      Link toFirst = server.linkTo("localhost", first, version).connect();
      assertThat(shown(toFirst)).isEqualTo(localhost.chain().getFirst());
      Link toSecond = server.linkTo("other.example", second, version).connect();
      assertThat(toSecond.client.engine().getSession().getPeerCertificates())
          .containsExactlyElementsOf(other.chain());
      assertThat(second.session().serverName()).contains("other.example");
    }
  }

  @Test
  void protocol_isTheFirstOfOursThatTheClientHas() throws Exception {
    try (TestServer server = TestServer.of(localhost);
        TlsEngine both = server.accept();
        TlsEngine none = server.accept();
        TlsEngine unknown = server.accept()) {
      Link link = server.link(both, TLS_1_3, "http/1.1", "h2").connect();
      assertThat(both.session().applicationProtocol()).contains("h2");
      assertThat(link.client.engine().getApplicationProtocol()).isEqualTo("h2");
      server.link(none, TLS_1_3).connect();
      assertThat(none.session().applicationProtocol()).isEmpty();
      Link refused = server.link(unknown, TLS_1_3, "spdy/3");
      assertThatExceptionOfType(TlsException.class)
          .isThrownBy(refused::connect)
          .withMessageContaining("no application protocol");
      assertThat(refused.wire.take()).endsWith(2, 120); // alert: no_application_protocol
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {TLS_1_2, TLS_1_3})
  void clientCertificate_trusted_isInTheSession(String version) throws Exception {
    try (TestServer server =
            TestServer.asking(localhost, ClientCertificates.REQUIRED, authority, client);
        TlsEngine engine = server.accept()) {
      server.link(engine, version).connect();
      assertThat(engine.session().peerCertificates()).isEqualTo(client.chain());
    }
  }

  /** As the JDK does: what is trusted ends a chain, and need not be self-signed. */
  @ParameterizedTest
  @ValueSource(strings = {TLS_1_2, TLS_1_3})
  void clientCertificate_ofATrustedIntermediate_isAccepted(String version) throws Exception {
    var trusted = new Identity(client.chain().subList(0, 1), client.key());
    try (TestServer server =
            TestServer.asking(localhost, ClientCertificates.REQUIRED, trusted, ofClient);
        TlsEngine engine = server.accept()) {
      server.link(engine, version).connect();
      assertThat(engine.session().peerCertificates()).isEqualTo(ofClient.chain());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {TLS_1_2, TLS_1_3})
  void clientCertificate_missing_isRefusedIfRequired(String version) throws Exception {
    try (TestServer server = TestServer.asking(localhost, ClientCertificates.REQUIRED, authority);
        TlsEngine engine = server.accept()) {
      assertThatExceptionOfType(TlsException.class)
          .isThrownBy(() -> server.link(engine, version).connect())
          .withMessageContaining("peer did not return a certificate");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {TLS_1_2, TLS_1_3})
  void clientCertificate_missing_isAcceptedIfOptional(String version) throws Exception {
    try (TestServer server = TestServer.asking(localhost, ClientCertificates.OPTIONAL, authority);
        TlsEngine engine = server.accept()) {
      server.link(engine, version).connect();
      assertThat(engine.session().peerCertificates()).isEmpty();
    }
  }

  /** The client finds the name of its authority in the server's list, so it shows its own. */
  @ParameterizedTest
  @ValueSource(strings = {TLS_1_2, TLS_1_3})
  void clientCertificate_ofAnotherAuthorityOfThatName_isRefused(String version) throws Exception {
    try (TestServer server =
            TestServer.asking(localhost, ClientCertificates.OPTIONAL, impostor, client);
        TlsEngine engine = server.accept()) {
      Link link = server.link(engine, version);
      assertThatExceptionOfType(TlsException.class)
          .isThrownBy(link::connect)
          .withMessageContaining("certificate verify failed");
      assertThat(link.wire.unsent()).as("bytes of an alert").isPositive();
    }
  }

  @Test
  void key_ofAnotherCertificate_isNamed() {
    var mixed = new Identity(other.chain(), localhost.key());
    long live = OpenSsl.liveObjects();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TestServer.of(localhost, mixed))
        .withMessage("TLS: private key (EC): refused by OpenSSL: key values mismatch");
    assertThat(OpenSsl.liveObjects()).isEqualTo(live);
  }

  @Test
  void key_ofTwoKinds_forOneName_clientChooses() throws Exception {
    Path elsewhere = Files.createDirectory(folder.resolve("rsa"));
    Identity rsa = TestKeys.in(elsewhere).selfSigned("other.example", "RSA");
    try (TestServer server = TestServer.of(localhost, other, rsa)) {
      assertThat(certificateFor(server, "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"))
          .isEqualTo(other.certificate());
      assertThat(certificateFor(server, "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"))
          .isEqualTo(rsa.certificate());
    }
  }

  private static X509Certificate certificateFor(TestServer server, String suite) throws Exception {
    try (TlsEngine engine = server.accept()) {
      Link link = server.linkTo("other.example", engine, TLS_1_2);
      link.client.engine().setEnabledCipherSuites(new String[] {suite});
      return shown(link.connect());
    }
  }
}
