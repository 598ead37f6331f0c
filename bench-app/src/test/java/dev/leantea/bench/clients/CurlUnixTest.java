package dev.leantea.bench.clients;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.leantea.backend.Backends;
import dev.leantea.backend.Listener;
import dev.leantea.backend.Server;
import dev.leantea.backend.ServerConfig;
import dev.leantea.bench.harness.server.Programs;
import dev.leantea.conformance.Requirement;
import dev.leantea.http.Response;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** curl reaches the backends by a unix domain socket. */
@Timeout(120)
final class CurlUnixTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "reactor:io_uring, --http1.1",
    "reactor:nio, --http1.1",
    "netty, --http1.1",
    "blocking, --http1.1",
    "reactor:io_uring, --http2-prior-knowledge",
    "reactor:nio, --http2-prior-knowledge",
    "netty, --http2-prior-knowledge",
    "blocking, --http2-prior-knowledge"
  })
  void get_isAnswered(String backend, String version) throws IOException {
    Requirement.require(Programs.onPath("curl"), "curl");
    Path path = folder.resolve("http.sock");
    ServerConfig config = ServerConfig.of(Listener.unix(path));
    try (Server _ =
        Backends.named(backend)
            .serve(config, request -> Response.text(200, "by unix " + request.path()))) {
      assertThat(curl(path, version)).isEqualTo("by unix /tea");
    }
  }

  /** What it has printed, errors as well. */
  private static String curl(Path path, String version) throws IOException {
    Process process =
        new ProcessBuilder(
                "curl", "-sS", version, "--unix-socket", path.toString(), "http://localhost/tea")
            .redirectErrorStream(true)
            .start();
    return new String(process.getInputStream().readAllBytes(), UTF_8);
  }
}
