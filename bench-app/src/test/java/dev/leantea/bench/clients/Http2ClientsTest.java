package dev.leantea.bench.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leantea.bench.harness.server.Programs;
import dev.leantea.conformance.Requirement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs that speak HTTP/2, against every backend, in clear text and over TLS. */
@Timeout(120)
final class Http2ClientsTest {
  private static final int BODY_BYTES = 900_000;

  @TempDir private Path folder;

  private static Http2Server serve(String backend, String scheme) {
    return scheme.equals("https") ? Http2Server.tls(backend) : Http2Server.plain(backend);
  }

  private static String run(String program, String... arguments) {
    Requirement.require(Programs.onPath(program), program);
    var command = new ArrayList<String>(List.of(program));
    command.addAll(List.of(arguments));
    return Programs.output(command.toArray(String[]::new));
  }

  private Path randomFile() throws IOException {
    byte[] bytes = new byte[BODY_BYTES];
    new Random(1).nextBytes(bytes);
    return Files.write(folder.resolve("body"), bytes);
  }

  private static String curl(String scheme, String... arguments) {
    var command = new ArrayList<String>(List.of("-sS", "-k", "--max-time", "50"));
    command.add(scheme.equals("https") ? "--http2" : "--http2-prior-knowledge");
    command.addAll(List.of(arguments));
    return run("curl", command.toArray(String[]::new));
  }

  @ParameterizedTest
  @CsvSource({
    "reactor:io_uring, http",
    "reactor:nio, http",
    "netty, http",
    "blocking, http",
    "reactor:io_uring, https",
    "reactor:nio, https",
    "netty, https",
    "blocking, https"
  })
  void curl_getHeadAndUpload(String backend, String scheme) throws IOException {
    Path body = randomFile();
    Path echo = folder.resolve("echo");
    try (Http2Server server = serve(backend, scheme)) {
      String url = server.url("/version");
      assertThat(curl(scheme, "-w", " %{http_version}", url)).isEqualTo("HTTP/2 2");
      assertThat(curl(scheme, "-I", url)).startsWith("HTTP/2 200").contains("content-length: 6");
      String sent =
          curl(
              scheme,
              "--data-binary",
              "@" + body,
              "-H",
              "Expect: 100-continue",
              "-o",
              echo.toString(),
              "-w",
              "%{http_version} %{http_code}",
              server.url("/echo"));
      assertThat(sent).isEqualTo("2 200");
      assertThat(echo).hasSameBinaryContentAs(body);
    }
  }

  /** {@code Upgrade: h2c} is obsolete (RFC 9113 §3.1): the answer is HTTP/1.1. */
  @ParameterizedTest
  @ValueSource(strings = {Http2Server.URING, Http2Server.BLOCKING})
  void curl_upgrade_isIgnored(String backend) {
    try (Http2Server server = Http2Server.plain(backend)) {
      String answer =
          run("curl", "-sS", "--http2", "-w", " %{http_version}", server.url("/version"));
      assertThat(answer).isEqualTo("HTTP/1.1 1.1");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "reactor:io_uring, http",
    "reactor:nio, http",
    "netty, http",
    "blocking, http",
    "reactor:io_uring, https",
    "reactor:nio, https",
    "netty, https",
    "blocking, https"
  })
  void nghttp_manyStreamsTrailersAndUpload(String backend, String scheme) throws IOException {
    Path body = randomFile();
    try (Http2Server server = serve(backend, scheme)) {
      var command = new ArrayList<String>(List.of("-y", "-n", "-s", "-t", "50s"));
      for (int i = 0; i < 20; i++) {
        command.add(server.url("/stream/100000?" + i)); // it asks for each URL once
      }
      String statistics = run("nghttp", command.toArray(String[]::new));
      assertThat(statistics.lines().filter(line -> line.contains(" 200 ")))
          .as(statistics)
          .hasSize(20);
      String echo =
          run(
              "nghttp",
              "-y",
              "-v",
              "-n",
              "-d",
              body.toString(),
              "--trailer",
              "x-sum: 1",
              server.url("/echo"));
      assertThat(echo).contains(":status: 200", "content-length: " + BODY_BYTES);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "reactor:io_uring, http, /version",
    "reactor:nio, http, /blocking",
    "netty, http, /version",
    "blocking, http, /version",
    "reactor:io_uring, https, /blocking",
    "reactor:nio, https, /version",
    "netty, https, /blocking",
    "blocking, https, /version"
  })
  void h2load_allSucceed(String backend, String scheme, String path) {
    try (Http2Server server = serve(backend, scheme)) {
      String figures = run("h2load", "-n", "3000", "-c", "4", "-m", "32", server.url(path));
      assertThat(figures).contains("3000 succeeded, 0 failed, 0 errored, 0 timeout");
      assertThat(figures).contains("status codes: 3000 2xx");
      String downloads =
          run("h2load", "-n", "60", "-c", "2", "-m", "30", server.url("/bytes/1000000"));
      assertThat(downloads).contains("60 succeeded, 0 failed, 0 errored, 0 timeout");
    }
  }
}
