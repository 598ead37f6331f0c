package dev.leantea.conformance;

import static dev.leantea.http.Handler.nonBlocking;

import dev.leantea.backend.Backends;
import dev.leantea.backend.Server;
import dev.leantea.backend.ServerConfig;
import dev.leantea.http.Response;
import dev.leantea.net.LoopSocketFactory;
import dev.leantea.routing.Router;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLSocket;

/**
 * A server in a JVM of its own whose plain sockets are loop sockets: {@link ChildProcess} starts
 * it.
 *
 * <pre>
 *  reports  port N · installed true, or false
 *  /waits   whether a new Socket() waits in the loop
 *  /tls     an exchange over a socket of an SSLSocketFactory
 *  /url     what java.net.URL reads from this server
 * </pre>
 */
final class InstalledSockets {
  private static volatile int port;

  private InstalledSockets() {}

  static void main(String[] arguments) throws Exception {
    boolean installed = LoopSocketFactory.install();
    TestTls tls = TestTls.create();
    Router.Builder routes =
        Router.builder()
            .get("/served", nonBlocking(_ -> Response.text(200, "served")))
            .get("/tls", _ -> Response.text(200, overTls(tls)))
            .get("/url", _ -> Response.text(200, readServed()));
    for (int i = 0; i < 10; i++) { // each once: one that held its loop runs beside it
      routes.get("/waits/" + i, _ -> Response.text(200, "" + waitsInLoop()));
    }
    ServerConfig config = ServerConfig.of(0).withHost("127.0.0.1");
    Server server = Backends.named(arguments[0]).serve(config, routes.build());
    port = server.port();
    report("port " + port);
    report("installed " + installed);
    Thread.currentThread().join(); // until the test ends this process
  }

  private static void report(String line) {
    System.out.println(line);
  }

  private static boolean waitsInLoop() throws IOException {
    return SocketScenes.stackOfAWait(new Socket()).contains("SocketOperation.await");
  }

  private static String overTls(TestTls tls) throws IOException {
    try (ServerSocket listener = tls.listen()) {
      Thread.ofPlatform().daemon().start(() -> tls.echoOnce(listener));
      try (SSLSocket socket = tls.connect(listener.getLocalPort())) {
        return SocketScenes.exchange(socket, "abc") + " " + socket.getSession().getProtocol();
      }
    }
  }

  private static String readServed() throws IOException {
    var connection = URI.create("http://127.0.0.1:" + port + "/served").toURL().openConnection();
    try (InputStream in = connection.getInputStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
