package dev.leantea.http1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leantea.http.Limits;
import dev.leantea.http.Response;
import dev.leantea.http.UpgradeHandler;
import dev.leantea.http.UpgradedConnection;
import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A connection that leaves HTTP, with a transport in memory. */
class UpgradeTest {
  private static final String ASKED = "Connection: upgrade\r\nUpgrade: tea\r\n";
  private static final String OPEN = "GET / HTTP/1.1\r\nHost: x\r\n" + ASKED + "\r\n";

  private static PipeTransport serve(UpgradeHandler handler) {
    return new PipeTransport(_ -> Response.upgrade("tea", handler), Limits.DEFAULTS);
  }

  /** Sends back what comes, until the input ends. */
  private static void echo(UpgradedConnection connection) throws IOException {
    byte[] some = new byte[100];
    for (int bytes; (bytes = connection.input().read(some)) >= 0; ) {
      connection.output().write(some, 0, bytes);
      connection.output().flush();
    }
  }

  @Test
  void upgrade_bytesBehindTheHead_areTheFirstToBeRead() {
    try (var client = serve(UpgradeTest::echo).clientSends(OPEN + "early")) {
      assertThat(client.readHead())
          .startsWith("HTTP/1.1 101 Switching Protocols\r\n")
          .contains("\r\nConnection: upgrade\r\n", "\r\nUpgrade: tea\r\n");
      client.clientSends(" late");
      client.clientEnds();
      assertThat(text(client.readToEnd())).isEqualTo("early late");
      client.awaitClosed();
    }
  }

  @Test
  void upgrade_requestWithABody_isReadToItsEndFirst() {
    String request = "GET / HTTP/1.1\r\nHost: x\r\n" + ASKED + "Content-Length: 4\r\n\r\nbody";
    try (var client = serve(UpgradeTest::echo).clientSends(request + "tea")) {
      client.readHead();
      client.clientEnds();
      assertThat(text(client.readToEnd())).isEqualTo("tea");
    }
  }

  @Test
  void upgrade_http10_isRefused() {
    try (var client = serve(UpgradeTest::echo).clientSends("GET / HTTP/1.0\r\n\r\n")) {
      assertThat(client.readHead()).startsWith("HTTP/1.1 400 ");
    }
  }

  @Test
  void upgrade_handlerThrows_cutsTheConnection() {
    UpgradeHandler broken =
        _ -> {
          throw new IOException("on purpose");
        };
    try (var client = serve(broken).clientSends(OPEN)) {
      client.awaitClosed();
      assertThat(client.endedInOrder()).isFalse();
    }
  }

  @Test
  void write_afterTheHandlerReturned_throws() {
    var kept = new CompletableFuture<OutputStream>();
    UpgradeHandler handler = connection -> kept.complete(connection.output());
    try (var client = serve(handler).clientSends(OPEN)) {
      client.readToEnd();
      OutputStream out = kept.join();
      assertThatThrownBy(() -> out.write(1))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("after the handler returned");
    }
  }

  @Test
  void read_nothingComes_timesOutAndGoesOn() {
    UpgradeHandler handler =
        connection -> {
          connection.readTimeout(Duration.ofMillis(5));
          try {
            connection.input().read();
          } catch (SocketTimeoutException e) {
            connection.readTimeout(Duration.ZERO);
            connection.output().write('T');
            connection.output().flush();
            echo(connection);
          }
        };
    try (var client = serve(handler).clientSends(OPEN).ticking()) {
      client.readHead();
      assertThat(text(client.read(1))).isEqualTo("T");
      client.clientSends("tea").clientEnds();
      assertThat(text(client.readToEnd())).isEqualTo("tea");
    }
  }

  @Test
  void close_byAnotherThread_endsTheRead() throws Exception {
    var outcome = new CompletableFuture<Throwable>();
    UpgradeHandler handler =
        connection -> {
          Thread.startVirtualThread(connection::close);
          try {
            connection.input().read();
          } catch (IOException e) {
            outcome.complete(e);
          }
        };
    try (var client = serve(handler).clientSends(OPEN)) {
      client.awaitClosed();
      assertThat(outcome.get(30, TimeUnit.SECONDS)).hasMessage("the client closed the connection");
    }
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.US_ASCII);
  }
}
