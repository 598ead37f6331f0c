package dev.leantea.bench.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leantea.backend.Backends;
import dev.leantea.backend.Server;
import dev.leantea.backend.ServerConfig;
import dev.leantea.conformance.WireClient;
import dev.leantea.http.Request;
import dev.leantea.http.Response;
import dev.leantea.net.Network;
import dev.leantea.tls.Tls;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A real HAProxy in front of every backend, which passes on its clients' addresses. */
@Timeout(120)
final class HaproxyTest {
  @TempDir private Path directory;

  private LocalServer haproxy(int serverPort, String options) throws IOException {
    return LocalServer.start(
        port -> {
          Path file = directory.resolve("haproxy.cfg");
          write(file, configuration(port, serverPort, options));
          return List.of("/usr/sbin/haproxy", "-db", "-f", file.toString());
        });
  }

  private static String configuration(int port, int serverPort, String options) {
    return """
    defaults
      mode tcp
      timeout connect 30s
      timeout client 30s
      timeout server 30s
    listen web
      bind 127.0.0.1:%d
      server app 127.0.0.1:%d %s
    """
        .formatted(port, serverPort, options);
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Response answer(Request request) {
    return Response.text(200, request.scheme() + " " + request.remoteAddress());
  }

  @ParameterizedTest
  @CsvSource({
    "reactor:io_uring, http, send-proxy",
    "reactor:nio, http, send-proxy",
    "netty, http, send-proxy",
    "blocking, http, send-proxy",
    "reactor:io_uring, http, send-proxy-v2 proxy-v2-options crc32c",
    "reactor:nio, http, send-proxy-v2 proxy-v2-options crc32c",
    "netty, http, send-proxy-v2 proxy-v2-options crc32c",
    "blocking, http, send-proxy-v2 proxy-v2-options crc32c",
    "reactor:io_uring, https, send-proxy-v2 ssl verify none",
    "reactor:nio, https, send-proxy-v2 ssl verify none",
    "netty, https, send-proxy-v2 ssl verify none",
    "blocking, https, send-proxy-v2 ssl verify none",
  })
  void remoteAddress_isThatOfHaproxysClient(String backend, String scheme, String options)
      throws IOException {
    ServerConfig plain =
        ServerConfig.of(0).withHost("127.0.0.1").withProxyProtocol(Network.of("127.0.0.0/8"));
    ServerConfig config = scheme.equals("https") ? plain.withTls(Tls.selfSigned()) : plain;
    try (Server server = Backends.named(backend).serve(config, HaproxyTest::answer);
        LocalServer haproxy = haproxy(server.port(), options);
        var client = new WireClient(haproxy.port())) {
      String expected = scheme + " /127.0.0.1:" + client.socket().getLocalPort();
      assertThat(client.get("/").read().text()).isEqualTo(expected);
      assertThat(client.get("/again").read().text()).isEqualTo(expected);
    }
  }
}
