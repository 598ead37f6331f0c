package dev.leantea.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leantea.http.Handler;
import dev.leantea.http.Response;
import dev.leantea.routing.Router;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that are not of the JDK: openssl s_client, and curl. */
public abstract class TlsClientsContract extends ServerContract {
  private static final int CURL_CANNOT_VERIFY = 60;

  @Override
  protected Handler application() {
    return Router.builder().get("/health", _ -> Response.text(200, "ok")).build();
  }

  @ParameterizedTest
  @ValueSource(strings = {"-tls1_3", "-tls1_2"})
  void session_isResumed(String version, @TempDir Path folder) throws Exception {
    Requirement.requireProgram("openssl");
    Path session = folder.resolve("session");
    Path authorities = TestTls.shared().chain(folder.resolve("ca.pem"));
    assertThat(get(authorities, version, "-sess_out", session)).contains("New, TLSv1.");
    assertThat(session).isNotEmptyFile();
    assertThat(get(authorities, version, "-sess_in", session)).contains("Reused, TLSv1.");
  }

  /** RFC 8446 §4.6.3: the first asks for one of the server's, too. */
  @ParameterizedTest
  @ValueSource(strings = {"K", "k"})
  void keyUpdate_isFollowed(String command, @TempDir Path folder) throws Exception {
    Requirement.requireProgram("openssl");
    Path authorities = TestTls.shared().chain(folder.resolve("ca.pem"));
    try (SClient client = new SClient(port(), authorities, "-tls1_3", "-crlf")) {
      client.type(command);
      client.readUntil("KEYUPDATE");
      client.type("GET /health HTTP/1.1\nHost: localhost\n");
      client.readUntil("HTTP/1.1 200 ");
      client.type(command);
      client.readUntil("KEYUPDATE");
      client.type("GET /health HTTP/1.1\nHost: localhost\nConnection: close\n");
      client.readUntil("HTTP/1.1 200 ");
      client.readUntil("closed");
    }
  }

  /** What s_client prints on the session and the response. */
  private String get(Path authorities, String version, String option, Path session)
      throws IOException {
    try (SClient client =
        new SClient(port(), authorities, version, "-crlf", option, session.toString())) {
      client.type("GET /health HTTP/1.1\nHost: localhost\nConnection: close\n");
      return client.readUntil("HTTP/1.1 200 ") + client.readUntil("closed");
    }
  }

  @Test
  void curl_verifiesTheCertificate(@TempDir Path folder) throws Exception {
    Requirement.requireProgram("curl");
    Path authorities = TestTls.shared().chain(folder.resolve("ca.pem"));
    Path body = folder.resolve("body");
    assertThat(curl(body, "--cacert", authorities.toString())).isZero();
    assertThat(body).content(StandardCharsets.US_ASCII).isEqualTo("ok");
    Files.delete(body);
    assertThat(curl(body, "-k")).isZero();
    assertThat(body).content(StandardCharsets.US_ASCII).isEqualTo("ok");
    assertThat(curl(body)).isEqualTo(CURL_CANNOT_VERIFY);
  }

  /** Returns curl's status. */
  private int curl(Path body, String... options) throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of("curl", "-sS", "-m", "30", "-o", body.toString()));
    command.addAll(List.of("--resolve", "localhost:" + port() + ":127.0.0.1"));
    command.addAll(List.of(options));
    command.add("https://localhost:" + port() + "/health");
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }
}
