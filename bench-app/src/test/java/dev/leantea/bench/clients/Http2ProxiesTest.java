package dev.leantea.bench.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leantea.conformance.Requirement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Proxies that speak HTTP/2 in clear text to every backend, for clients of HTTP/1.1. */
@Timeout(120)
final class Http2ProxiesTest {
  private static final int REQUESTS = 100;

  @TempDir private Path folder;

  private LocalServer start(String program, String template, int serverPort, String... options)
      throws IOException {
    Requirement.require(Files.isExecutable(Path.of(program)), program);
    return LocalServer.start(
        port -> {
          Path file = folder.resolve("proxy.conf");
          write(file, template.formatted(port, serverPort));
          var command = new ArrayList<String>(List.of(program));
          command.addAll(List.of(options));
          command.add(file.toString());
          return command;
        });
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private LocalServer haproxy(int serverPort) throws IOException {
    String template =
        """
        defaults
          mode http
          timeout connect 30s
          timeout client 30s
          timeout server 30s
        listen web
          bind 127.0.0.1:%d
          server app 127.0.0.1:%d proto h2
        """;
    return start("/usr/sbin/haproxy", template, serverPort, "-db", "-f");
  }

  /** nginx speaks HTTP/2 to servers of gRPC alone, and takes any response from them. */
  private LocalServer nginx(int serverPort) throws IOException {
    String template =
        """
        daemon off;
        pid nginx.pid;
        error_log stderr error;
        events {}
        http {
          access_log off;
          client_max_body_size 10m;
          client_body_temp_path body;
          proxy_temp_path proxy;
          fastcgi_temp_path fastcgi;
          uwsgi_temp_path uwsgi;
          scgi_temp_path scgi;
          server {
            listen 127.0.0.1:%d;
            location / { grpc_pass grpc://127.0.0.1:%d; }
          }
        }
        """;
    return start("/usr/sbin/nginx", template, serverPort, "-p", folder.toString(), "-c");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {Http2Server.URING, Http2Server.NIO, Http2Server.NETTY, Http2Server.BLOCKING})
  void haproxy_requestsAndUploads(String backend) throws Exception {
    try (Http2Server server = Http2Server.plain(backend);
        LocalServer haproxy = haproxy(server.server().port())) {
      assertServed(haproxy.port());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {Http2Server.URING, Http2Server.NIO, Http2Server.NETTY, Http2Server.BLOCKING})
  void nginx_requestsAndUploads(String backend) throws Exception {
    try (Http2Server server = Http2Server.plain(backend);
        LocalServer nginx = nginx(server.server().port())) {
      assertServed(nginx.port());
    }
  }

  private static void assertServed(int port) throws Exception {
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      var get = HttpRequest.newBuilder(uri(port, "/version")).build();
      assertThat(client.send(get, BodyHandlers.ofString()).body()).isEqualTo("HTTP/2");
      var pending = new ArrayList<CompletableFuture<HttpResponse<byte[]>>>();
      for (int i = 0; i < REQUESTS; i++) {
        var post = HttpRequest.newBuilder(uri(port, "/echo")).POST(body(i));
        pending.add(client.sendAsync(post.build(), BodyHandlers.ofByteArray()));
      }
      for (int i = 0; i < REQUESTS; i++) {
        HttpResponse<byte[]> response = pending.get(i).get(60, TimeUnit.SECONDS);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo(random(i));
      }
    }
  }

  private static URI uri(int port, String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  private static HttpRequest.BodyPublisher body(int number) {
    return BodyPublishers.ofByteArray(random(number));
  }

  private static byte[] random(int number) {
    byte[] content = new byte[number * 2_000];
    new Random(number).nextBytes(content);
    return content;
  }
}
