package dev.leantea.conformance;

import dev.leantea.backend.Backends;
import dev.leantea.backend.Server;
import dev.leantea.backend.ServerConfig;
import dev.leantea.http.Handler;
import dev.leantea.http.Limits;
import dev.leantea.http.Request;
import dev.leantea.http.Response;
import dev.leantea.routing.Router;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.stream.Collectors;

/**
 * A server in a JVM of its own, for tests of how a JVM ends, and of one that is out of memory.
 * {@link ChildProcess} starts it with the backend, the idle timeout and the limit of all bodies in
 * memory as its arguments, talks to it through its standard input, and reads what it reports.
 *
 * <pre>
 *  reports  port N · held (a request to /hold has come) · closing · pool closed
 *           threads NAMES and errors N, when it is asked
 *  obeys    release (lets requests to /hold go on) · close · threads · errors
 * </pre>
 */
final class ChildServer {
  private static final int MAX_PIECE_BYTES = 1024 * 1024;

  /** Far more of the largest than there is memory, and no more of the smallest than GC is quick. */
  private static final int MAX_PIECES = 10_000;

  private static final CountDownLatch RELEASED = new CountDownLatch(1);

  /** Handlers that hold memory, or are about to. */
  private static final AtomicInteger HOLDERS = new AtomicInteger();

  private ChildServer() {}

  static void main(String[] arguments) throws Exception {
    var log = new RecordedLog(Level.SEVERE); // until the JVM ends
    Server server = start(arguments[0], Duration.parse(arguments[1]), Long.parseLong(arguments[2]));
    report("port " + server.port());
    var commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String command = commands.readLine(); command != null; command = commands.readLine()) {
      switch (command) {
        case "release" -> RELEASED.countDown();
        case "close" -> Thread.ofPlatform().start(server::close);
        case "threads" -> report("threads " + lastingThreads());
        case "errors" -> report("errors " + log.messages("").size());
        default -> throw new IOException("unknown command: " + command);
      }
    }
  }

  /** The names of the threads that last as long as a server. */
  private static String lastingThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("leantea-"))
        .filter(name -> !name.matches("leantea-(drain|log|preparation|handler.*)"))
        .sorted()
        .collect(Collectors.joining(" "));
  }

  private static Server start(String backend, Duration idleTimeout, long bodiesInMemory) {
    Limits limits =
        Limits.builder()
            .idleTimeout(idleTimeout)
            .drainTimeout(Duration.ofHours(1)) // no test is to wait for it
            .bodiesInMemory(bodiesInMemory)
            .build();
    ServerConfig config = ServerConfig.of(0).withHost("127.0.0.1").withLimits(limits);
    return Backends.named(backend)
        .serve(config, routes())
        .closeOnShutdown(() -> report("pool closed"));
  }

  private static Handler routes() {
    return Router.builder()
        .get("/", _ -> Response.text(200, HOLDERS.get() == 0 ? "idle" : "busy"))
        .get("/hold", _ -> hold())
        .get("/exit", _ -> exit())
        .get("/exit/nonblocking", Handler.nonBlocking(_ -> exit()))
        .get("/exhaust", holding(_ -> exhaust()))
        .get("/exhaust/nonblocking", Handler.nonBlocking(holding(_ -> exhaust())))
        .post("/gather", holding(ChildServer::gather))
        .post("/gather/nonblocking", Handler.nonBlocking(holding(ChildServer::gather)))
        .build();
  }

  private static Response hold() throws InterruptedException {
    report("held");
    RELEASED.await();
    return Response.text(200, "released");
  }

  private static Response exit() {
    System.exit(7);
    return Response.text(200, "not reached");
  }

  private static Handler holding(Handler handler) {
    return request -> {
      HOLDERS.incrementAndGet();
      try {
        return handler.handle(request);
      } finally {
        HOLDERS.decrementAndGet();
      }
    };
  }

  private static Response gather(Request request) throws IOException {
    return Response.text(200, "gathered " + request.bytes().length);
  }

  /** Uses up the memory to the last few bytes, and keeps it so for a while. */
  private static Response exhaust() {
    var all = new ArrayDeque<byte[]>();
    OutOfMemoryError last = new OutOfMemoryError("expected to come from the JVM");
    for (int bytes = MAX_PIECE_BYTES; bytes > 0; bytes /= 64) {
      last = fill(all, bytes);
    }
    throw last;
  }

  private static OutOfMemoryError fill(ArrayDeque<byte[]> all, int bytes) {
    try {
      for (int i = 0; i < MAX_PIECES; i++) {
        all.add(new byte[bytes]);
      }
      return new OutOfMemoryError("other handlers have freed memory");
    } catch (OutOfMemoryError e) {
      return e;
    }
  }

  private static void report(String line) {
    System.out.println(line);
  }
}
