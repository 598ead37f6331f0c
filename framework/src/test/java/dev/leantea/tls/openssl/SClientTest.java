package dev.leantea.tls.openssl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leantea.conformance.SClient;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The engine behind a socket, with {@code openssl s_client} as the client. */
final class SClientTest {
  private static final String TLS_1_2 = "-tls1_2";
  private static final String TLS_1_3 = "-tls1_3";

  @TempDir private static Path folder;

  private static TestServer tls;
  private static EchoServer server;

  @BeforeAll
  static void listen() throws Exception {
    tls = TestServer.of(TestKeys.in(folder).selfSigned("localhost", "EC"));
    server = new EchoServer(tls);
  }

  @AfterAll
  static void close() throws IOException {
    server.close();
    tls.close();
  }

  private static SClient client(String... options) throws IOException {
    return new SClient(server.port(), folder.resolve("localhost.pem"), options);
  }

  @ParameterizedTest
  @ValueSource(strings = {TLS_1_2, TLS_1_3})
  void session_isResumedByItsTicket(String version) throws IOException {
    String file = folder.resolve("session" + version).toString();
    try (SClient client = client(version, "-sess_out", file)) {
      client.type("first");
      assertThat(client.readUntil("echo: first")).contains("New, TLSv1.");
    }
    try (SClient client = client(version, "-sess_in", file)) {
      client.type("second");
      assertThat(client.readUntil("echo: second")).contains("Reused, TLSv1.");
    }
  }

  @Test
  void renegotiation_isRefused() throws IOException {
    try (SClient client = client(TLS_1_2)) {
      client.type("first");
      client.readUntil("echo: first");
      client.type("R");
      client.readUntil("RENEGOTIATING");
      client.readUntil("no renegotiation");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"k", "K"})
  void keyUpdate_thenData(String command) throws IOException {
    try (SClient client = client(TLS_1_3)) {
      client.type("first");
      client.readUntil("echo: first");
      client.type(command);
      client.readUntil("KEYUPDATE");
      client.type("second");
      client.readUntil("echo: second");
    }
  }

  @Test
  void suite_withoutForwardSecrecy_isRefused() throws IOException {
    try (SClient client = client(TLS_1_2, "-cipher", "kRSA")) {
      client.readUntil("handshake failure");
    }
  }

  @Test
  void suite_isTheFirstOfOurs_orChaCha20IfTheClientPrefersIt() throws IOException {
    try (SClient client = client(TLS_1_3)) {
      client.readUntil("Cipher is TLS_AES_128_GCM_SHA256");
    }
    String suites = "TLS_CHACHA20_POLY1305_SHA256:TLS_AES_128_GCM_SHA256";
    try (SClient client = client(TLS_1_3, "-ciphersuites", suites)) {
      client.readUntil("Cipher is TLS_CHACHA20_POLY1305_SHA256");
    }
  }

  /** Its computing would hold an event loop for long. */
  @Test
  void group_ofAFiniteField_isRefused() throws IOException {
    try (SClient client = client(TLS_1_3, "-groups", "ffdhe8192")) {
      client.readUntil("handshake failure");
    }
  }
}
