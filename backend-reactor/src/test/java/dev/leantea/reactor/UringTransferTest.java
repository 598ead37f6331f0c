package dev.leantea.reactor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.leantea.conformance.ContractApplication;
import dev.leantea.conformance.WireClient;
import dev.leantea.http.Limits;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Bytes in and out of io_uring; with pools so small that everything that can run out does. */
final class UringTransferTest extends UringServer {
  @ParameterizedTest
  @EnumSource
  void echo_manyAtOnce_eachHasItsOwnBytes(Pools pools) throws Exception {
    serve(pools);
    together(
        CLIENTS,
        number -> {
          var random = new Random(number);
          try (WireClient client = connect()) {
            for (int i = 0; i < 20; i++) {
              byte[] body = random(random, 20_000);
              assertThat(client.post("/echo", body).read().body()).isEqualTo(body);
            }
          }
        });
    expectQuiet();
  }

  @ParameterizedTest
  @EnumSource
  void echo_large_comesBackWhole(Pools pools) throws Exception {
    serve(pools);
    byte[] body = ContractApplication.pattern(3_000_000);
    together(
        2,
        _ -> {
          try (WireClient client = connect()) {
            assertThat(client.post("/echo", body).read().body()).isEqualTo(body);
          }
        });
    expectQuiet();
  }

  @ParameterizedTest
  @EnumSource
  void stream_slowReader_getsAll(Pools pools) throws Exception {
    serve(pools);
    int all = sizes.smallSends() + sizes.largeSends();
    try (WireClient client = connect()) {
      client.get("/stream/8000000");
      while (onLoop(engine().sendBuffers::free) == all) {
        Thread.onSpinWait(); // until a send waits for us to read
      }
      assertThat(client.read().body()).isEqualTo(ContractApplication.pattern(8_000_000));
    }
    expectQuiet();
  }

  @ParameterizedTest
  @EnumSource
  void receive_moreThanTheConnectionTakes_isHeldBackAndLosesNothing(Pools pools) throws Exception {
    serve(pools);
    int requests = 20_000;
    String all = "GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(requests);
    try (WireClient client = connect()) {
      client.get("/sleep/200"); // what follows waits, and then the client is held back
      together(
          2,
          number -> {
            if (number == 0) {
              client.send(all);
              client.shutdownOutput();
            } else {
              assertThat(client.read().text()).isEqualTo("slept");
              for (int i = 0; i < requests; i++) {
                assertThat(client.read().text()).isEqualTo("ok");
              }
              client.expectEnd();
            }
          });
    }
    expectQuiet();
  }

  @Test
  void endOfInput_afterARequest_isAnsweredAndThenClosed() throws Exception {
    serve(Pools.DEFAULT);
    try (WireClient client = connect()) {
      client.get("/sleep/50").shutdownOutput();
      assertThat(client.read().text()).isEqualTo("slept");
      client.expectEnd();
    }
    expectQuiet();
  }

  @Test
  void remoteAddress_ofAConnection_isTheClients() throws Exception {
    serve(Pools.DEFAULT);
    try (WireClient client = connect()) {
      assertThat(client.get("/remote").read().text())
          .isEqualTo("/127.0.0.1:" + client.socket().getLocalPort());
    }
  }

  @Test
  void listen_onIpv6_servesIt() throws Exception {
    assumeTrue(Files.exists(Path.of("/proc/net/if_inet6")), "no IPv6 here");
    serve(Pools.DEFAULT, ContractApplication.routes(), Limits.DEFAULTS, "::1");
    assertThat(server().address().getAddress()).isEqualTo(InetAddress.ofLiteral("::1"));
    try (var socket = new Socket(InetAddress.ofLiteral("::1"), server().port())) {
      var request = "GET /remote HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      assertThat(answer).startsWith("HTTP/1.1 200 ").contains(":" + socket.getLocalPort());
    }
  }
}
