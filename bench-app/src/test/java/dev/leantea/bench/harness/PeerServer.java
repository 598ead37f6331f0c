package dev.leantea.bench.harness;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A peer for tests: answers {@code ok} to everything, and ends after so many requests. */
public final class PeerServer {
  private static final int STATUS_OF_DEATH = 3;

  private PeerServer() {}

  /** Port, and how many requests to answer. */
  public static void main(String[] arguments) throws IOException {
    int port = Integer.parseInt(arguments[0]);
    AtomicInteger left = new AtomicInteger(Integer.parseInt(arguments[1]));
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_024);
    byte[] ok = "ok".getBytes(StandardCharsets.US_ASCII);
    server.createContext(
        "/",
        exchange -> {
          if (left.getAndDecrement() == 0) {
            System.out.println("giving up");
            Runtime.getRuntime().halt(STATUS_OF_DEATH);
          }
          exchange.sendResponseHeaders(200, ok.length);
          exchange.getResponseBody().write(ok);
          exchange.close();
        });
    server.setExecutor(Executors.newFixedThreadPool(2));
    server.start();
  }
}
