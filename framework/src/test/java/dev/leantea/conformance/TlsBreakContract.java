package dev.leantea.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leantea.http.Handler;
import dev.leantea.http.MediaType;
import dev.leantea.http.Response;
import dev.leantea.routing.Router;
import dev.leantea.tls.openssl.NativeObjects;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Connections that break off in any state leave nothing: no connection, no native memory. */
public abstract class TlsBreakContract extends ServerContract {
  private static final int MIB = 1024 * 1024;
  private static final int CONNECTIONS = 20;

  @Override
  protected Handler application() {
    return Router.builder()
        .get("/health", _ -> Response.text(200, "ok"))
        .get(
            "/large",
            _ -> Response.bytes(200, MediaType.OCTET_STREAM, ContractApplication.pattern(8 * MIB)))
        .post("/length", request -> Response.text(200, "" + request.bytes().length))
        .build();
  }

  /** How far a connection comes. */
  enum State {
    CONNECTED {
      @Override
      void enter(Socket raw) {}
    },
    WITHIN_CLIENT_HELLO {
      @Override
      void enter(Socket raw) throws Exception {
        byte[] hello = ClientHello.bytes();
        raw.getOutputStream().write(hello, 0, hello.length / 2);
      }
    },
    CLIENT_HELLO_SENT {
      @Override
      void enter(Socket raw) throws Exception {
        raw.getOutputStream().write(ClientHello.bytes());
      }
    },
    SERVER_HELLO_RECEIVED {
      @Override
      void enter(Socket raw) throws Exception {
        CLIENT_HELLO_SENT.enter(raw);
        assertThat(raw.getInputStream().readNBytes(100)).hasSize(100);
      }
    },
    HANDSHAKE_REFUSED {
      @Override
      void enter(Socket raw) throws Exception {
        SERVER_HELLO_RECEIVED.enter(raw);
        raw.getOutputStream().write(ClientHello.bytes());
      }
    },
    HANDSHAKE_COMPLETE {
      @Override
      void enter(Socket raw) throws Exception {
        over(raw).startHandshake();
      }
    },
    WITHIN_REQUEST {
      @Override
      void enter(Socket raw) throws Exception {
        send(over(raw), "POST /length HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n12345");
      }
    },
    WITHIN_RESPONSE {
      @Override
      void enter(Socket raw) throws Exception {
        SSLSocket client = over(raw);
        send(client, "GET /large HTTP/1.1\r\nHost: a\r\n\r\n");
        assertThat(client.getInputStream().readNBytes(MIB)).hasSize(MIB);
      }
    },
    RECORD_REFUSED {
      @Override
      void enter(Socket raw) throws Exception {
        over(raw).startHandshake();
        raw.getOutputStream().write(new byte[] {23, 3, 3, 0, 1, 0});
      }
    },
    CLOSE_NOTIFY_SENT {
      @Override
      void enter(Socket raw) throws Exception {
        SSLSocket client = over(raw);
        client.startHandshake();
        client.shutdownOutput();
      }
    };

    abstract void enter(Socket raw) throws Exception;

    private static SSLSocket over(Socket raw) throws IOException {
      return TestTls.shared().over(raw);
    }

    private static void send(SSLSocket client, String text) throws IOException {
      client.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }
  }

  @ParameterizedTest
  @EnumSource
  void connections_thatBreakOff_leaveNothing(State state) throws Exception {
    await(() -> server().connections() == 0);
    long owned = NativeObjects.owned();
    for (int i = 0; i < CONNECTIONS; i++) {
      try (Socket raw = new Socket(SocketScenes.IPV4, port())) {
        raw.setSoTimeout(30_000);
        state.enter(raw);
        raw.setSoLinger(i % 2 == 0, 0); // a reset, or a FIN
      }
    }
    await(() -> server().connections() == 0);
    assertThat(NativeObjects.owned()).isEqualTo(owned);
  }

  private interface Condition {
    boolean holds();
  }

  private static void await(Condition condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!condition.holds()) {
      assertThat(System.nanoTime()).as("waited for too long").isLessThan(end);
      Thread.onSpinWait();
    }
  }
}
