package dev.leantea.bench.soak;

import dev.leantea.backend.Backends;
import dev.leantea.backend.Server;
import dev.leantea.backend.ServerConfig;
import dev.leantea.http.Limits;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** A server of this JVM with all kinds of clients at once, and what was wrong with it. */
final class Soak implements AutoCloseable {
  private static final int SUBSCRIBERS = 100;
  private static final int MEMBERS = 4;

  /** So many connections that each loop has some. */
  private static final int FRESH_CLIENTS = 64;

  /** All bodies together: one of this size is held when nothing of the others is any more. */
  private static final int MAX_BODY_BYTES = 8 * 1024 * 1024;

  private static final long TIMEOUT_SECONDS = 60;

  private final List<String> findings = new CopyOnWriteArrayList<>();
  private final SlowLog log = new SlowLog();
  private final SoakRoutes routes = new SoakRoutes();
  private final Server server;
  private final int port;

  Soak(String backend) throws IOException {
    Limits limits = Limits.DEFAULTS.withBodiesInMemory(MAX_BODY_BYTES);
    ServerConfig config = ServerConfig.of(0).withHost("127.0.0.1").withLimits(limits);
    try {
      server = Backends.named(backend).serve(config, routes.routes());
    } catch (RuntimeException e) { // nobody closes a soak whose server did not start
      log.close();
      routes.close();
      throw e;
    }
    port = server.port();
  }

  /** A log that takes a millisecond for each line, one at a time. */
  private final class SlowLog extends Handler {
    private final Logger logger = Logger.getLogger("dev.leantea");

    SlowLog() {
      logger.addHandler(this);
      logger.setUseParentHandlers(false);
    }

    @Override
    public synchronized void publish(LogRecord line) {
      if (line.getLevel().intValue() >= Level.SEVERE.intValue()) {
        findings.add("logged: " + line.getMessage() + ": " + line.getThrown());
      }
      try {
        Thread.sleep(1);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
      logger.setUseParentHandlers(true);
      logger.removeHandler(this);
    }
  }

  /** What was wrong, one line each. */
  List<String> findings() {
    return findings;
  }

  private interface Step {
    void run() throws Exception;
  }

  private void attempt(String what, Step step) {
    try {
      step.run();
    } catch (Exception e) {
      findings.add(what + ": " + e);
    }
  }

  /**
   * All clients at once; then all leave. Each stream gets what was published last.
   *
   * @param rounds whether clients have a round of this number, from 0; any thread
   * @return what is in use afterwards
   */
  Figures phase(IntPredicate rounds) {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      attempt("streams", () -> withStreams(threads, () -> load(threads, rounds)));
    }
    attempt("leave", this::awaitNoConnection);
    attempt("bodies", () -> eventually("memory for a body", this::isLargeBodyAccepted));
    attempt("loops", () -> ask("/health", FRESH_CLIENTS));
    attempt("leave", this::awaitNoConnection);
    return Figures.now();
  }

  private void withStreams(ExecutorService threads, Step step) throws Exception {
    var streams = new ArrayList<CompletableFuture<Boolean>>();
    try (RawClient _ = RawClient.to(port).join()) { // which never reads
      for (int i = 0; i < SUBSCRIBERS + MEMBERS; i++) {
        RawClient client = RawClient.to(port);
        boolean isMember = i < MEMBERS;
        RawClient stream = isMember ? client.join() : client.subscribe();
        String pong = isMember ? RawClient.PONG : "";
        streams.add(
            CompletableFuture.supplyAsync(() -> stream.awaitText(SoakRoutes.LAST, pong), threads));
      }
      step.run();
      ask(SoakRoutes.LAST, 1);
      long missed = streams.stream().filter(last -> !last.join()).count();
      if (missed > 0) {
        throw new IOException("expected the last event in each stream, " + missed + " had none");
      }
    }
  }

  private void load(ExecutorService threads, IntPredicate rounds) {
    var running = new ArrayList<CompletableFuture<Void>>();
    for (Clients clients : Clients.ALL) {
      for (int i = 0; i < clients.threads(); i++) {
        running.add(CompletableFuture.runAsync(() -> play(clients, rounds), threads));
      }
    }
    running.forEach(CompletableFuture::join);
  }

  private void play(Clients clients, IntPredicate rounds) {
    attempt(
        clients.name(),
        () -> {
          try (RawClient kept = RawClient.to(port)) {
            for (int i = 0; rounds.test(i); i++) {
              clients.round().run(kept, port, i);
            }
          }
        });
  }

  private void ask(String path, int times) throws IOException {
    for (int i = 0; i < times; i++) {
      try (RawClient client = RawClient.to(port)) {
        client.get(path);
      }
    }
  }

  /** A handler whose client has left may still hold its body. */
  private boolean isLargeBodyAccepted() {
    try (RawClient client = RawClient.to(port)) {
      client.post("/upload", MAX_BODY_BYTES, MAX_BODY_BYTES);
      client.expect("HTTP/1.1 200");
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** A stream whose client has left without a reset ends when something is sent. */
  private void awaitNoConnection() throws Exception {
    eventually(
        "no connection",
        () -> {
          ask(SoakRoutes.LAST, 1);
          return server.connections() == 0;
        });
  }

  private static void eventually(String what, Callable<Boolean> condition) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
    while (!condition.call()) {
      if (System.nanoTime() - end > 0) {
        throw new IOException("expected " + what + " within " + TIMEOUT_SECONDS + " s");
      }
    }
  }

  @Override
  public void close() {
    var closed = CompletableFuture.runAsync(server::close);
    attempt("close", () -> closed.get(TIMEOUT_SECONDS, TimeUnit.SECONDS));
    attempt("close", routes::close);
    log.close();
  }
}
