package dev.leantea.conformance;

import static dev.leantea.http.Handler.nonBlocking;
import static org.assertj.core.api.Assertions.assertThat;

import dev.leantea.backend.Server;
import dev.leantea.http.Handler;
import dev.leantea.http.Limits;
import dev.leantea.http.Request;
import dev.leantea.http.Response;
import dev.leantea.routing.Router;
import dev.leantea.sse.Broadcast;
import dev.leantea.sse.Event;
import dev.leantea.sse.Sse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Handlers of all kinds share locks, their own, a publisher's and the log's, and some wait while
 * they hold one. Nobody stops for good: all requests are answered, and the server closes.
 *
 * <p>Each scene runs for a number of requests, or for {@code -Dleantea.locks.seconds=N}.
 */
public abstract class LockContract extends ServerContract {
  private static final long NANOS =
      TimeUnit.SECONDS.toNanos(Long.getLong("leantea.locks.seconds", 0));
  private static final int CLIENTS = 8;
  private static final int REQUESTS = 100;
  private static final int SUBSCRIBERS = 100;

  private final ReentrantLock lock = new ReentrantLock();
  private final Broadcast broadcast = new Broadcast(1000, Broadcast.Overflow.DROP_OLDEST);

  @Override
  protected Handler application() {
    return Router.builder()
        .get("/health", nonBlocking(_ -> Response.text(200, "ok")))
        .get("/lock", this::lockAndWait)
        .get("/lock/now", nonBlocking(_ -> lock()))
        .get("/events", _ -> Sse.events(broadcast))
        .get("/publish", this::publish)
        .get("/publish/now", nonBlocking(this::publish))
        .get("/fail", LockContract::fail)
        .get("/fail/now", nonBlocking(LockContract::fail))
        .build();
  }

  private Response lockAndWait(Request request) throws InterruptedException {
    lock.lock();
    try {
      Thread.sleep(1);
    } finally {
      lock.unlock();
    }
    return Response.text(200, "unlocked");
  }

  private Response lock() {
    lock.lock();
    try {
      return Response.text(200, "unlocked");
    } finally {
      lock.unlock();
    }
  }

  private Response publish(Request request) {
    broadcast.publish(Event.EMPTY.data(request.path()));
    return Response.text(200, "published");
  }

  private static Response fail(Request request) {
    throw new IllegalStateException("on purpose: " + request.path());
  }

  // ---- the scenes

  /** What happens while a server runs. */
  private interface Scene {
    void play(Server server) throws Exception;
  }

  /** The server serves afterwards, on each loop, and closes. */
  private void play(Handler handler, Scene scene) throws Exception {
    Server server = serve(handler, Limits.DEFAULTS);
    try (var _ = new Closing(server)) {
      scene.play(server);
      requireServing(server);
    }
  }

  /** Closes a server, and fails where that does not return. */
  private record Closing(Server server) implements AutoCloseable {
    @Override
    public void close() {
      CompletableFuture.runAsync(server::close).orTimeout(60, TimeUnit.SECONDS).join();
    }
  }

  @Test
  void handlersLock_someWaitMeanwhile_allAreServed() throws Exception {
    play(application(), server -> load(server, List.of("/lock", "/lock/now"), 200));
  }

  @Test
  void handlersPublish_toManySubscribers_allAreServed() throws Exception {
    try (ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor()) {
      play(
          application(),
          server -> {
            for (int i = 0; i < SUBSCRIBERS; i++) {
              WireClient subscriber = new WireClient(server.port()).get("/events");
              subscriber.readHead(200);
              readers.execute(() -> readAll(subscriber));
            }
            load(server, List.of("/publish", "/publish/now"), 200);
          });
    }
  }

  private static void readAll(WireClient subscriber) {
    try (subscriber) {
      subscriber.socket().getInputStream().transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void handlersFail_theLogIsSlow_allAreServed() throws Exception {
    try (var _ = new SlowLog()) {
      play(application(), server -> load(server, List.of("/fail", "/fail/now"), 500));
    }
  }

  /** The log on a slow terminal: one line at a time, and each takes a while. */
  private static final class SlowLog extends java.util.logging.Handler implements AutoCloseable {
    private final Logger logger = Logger.getLogger("dev.leantea");

    SlowLog() {
      logger.addHandler(this);
      logger.setUseParentHandlers(false);
    }

    @Override
    public synchronized void publish(LogRecord line) {
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

  // ---- clients

  /** So many clients at once, each on its connection. */
  private static void load(Server server, List<String> paths, int status) throws Exception {
    long end = System.nanoTime() + NANOS;
    try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
      var running = new ArrayList<Future<?>>();
      for (int i = 0; i < CLIENTS; i++) {
        int first = i;
        running.add(clients.submit(() -> ask(server.port(), paths, first, status, end)));
      }
      for (Future<?> client : running) {
        client.get();
      }
    }
  }

  private static void ask(int port, List<String> paths, int first, int status, long end) {
    try (var client = new WireClient(port)) {
      for (int i = 0; i < REQUESTS || (NANOS > 0 && System.nanoTime() - end < 0); i++) {
        String path = paths.get((first + i) % paths.size());
        assertThat(client.get(path).read().status()).isEqualTo(status);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** So many connections that each loop has some. */
  private static void requireServing(Server server) throws IOException {
    for (int i = 0; i < 64; i++) {
      try (var client = new WireClient(server.port())) {
        assertThat(client.get("/health").read().text()).isEqualTo("ok");
      }
    }
  }

  // ---- class initialisers

  /** What an initialiser asks, and whom. Shared by all its copies. */
  public static final class Peer {
    private static volatile int port;

    private Peer() {}

    /** A round trip over a socket of its own. */
    public static String ask() {
      try (var client = new WireClient(port)) {
        return client.get("/health").read().text();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Waits in its initialiser, which pins a virtual thread. */
  public static final class Waiting {
    /** What the peer said. */
    public static final String ANSWER = Peer.ask();

    private Waiting() {}
  }

  /** Waits in its initialiser for that of {@link Waiting}. */
  public static final class Chained {
    /** What the peer said to the other one. */
    public static final String ANSWER = Waiting.ANSWER;

    private Chained() {}
  }

  /** Defines the classes above once more, for an initialiser runs once for each class loader. */
  private static final class Anew extends ClassLoader {
    private static final Set<String> NAMES =
        Set.of(Waiting.class.getName(), Chained.class.getName());

    Anew() {
      super(Waiting.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      return NAMES.contains(name) ? own(name) : super.loadClass(name, resolve);
    }

    private synchronized Class<?> own(String name) throws ClassNotFoundException {
      Class<?> loaded = findLoadedClass(name);
      if (loaded != null) {
        return loaded;
      }
      try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
        byte[] bytes = in.readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }

    String answer(Class<?> type) throws ReflectiveOperationException {
      return (String) loadClass(type.getName()).getField("ANSWER").get(null);
    }
  }

  @Test
  void initialiser_waitsForASocket_isDoneAndItsLoopServes() throws Exception {
    withPeer(this::initialise);
  }

  /** What happens while a peer answers initialisers. */
  private interface PeerScene {
    void play() throws Exception;
  }

  private static void withPeer(PeerScene scene) throws Exception {
    try (ExecutorService answering = Executors.newSingleThreadExecutor();
        var peer = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      answering.execute(() -> answerAll(peer));
      Peer.port = peer.getLocalPort();
      scene.play();
    }
  }

  private static void answerAll(ServerSocket peer) {
    byte[] answer =
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nDate: x\r\n\r\nok"
            .getBytes(StandardCharsets.US_ASCII);
    while (!peer.isClosed()) {
      try (Socket client = peer.accept()) {
        client.getInputStream().read();
        Thread.sleep(Duration.ofMillis(10)); // the initialiser has to wait
        client.getOutputStream().write(answer);
      } catch (IOException | InterruptedException e) {
        // closed by the test
      }
    }
  }

  /**
   * Handlers on all loops need the same classes, one of which waits for the other. Where handlers
   * are threads of the JDK's scheduler, such initialisers hold all its carriers, its socket
   * poller's too: see {@link dev.leantea.loop.SchedulerWatch}.
   */
  @Test
  void initialisers_waitForEachOther_areDoneAndTheirLoopsServe() throws Exception {
    var requests = new AtomicInteger();
    List<Anew> loaders = Stream.generate(Anew::new).limit(REQUESTS).toList();
    Supplier<Anew> next = () -> loaders.get(requests.getAndIncrement() / CLIENTS);
    Handler chained = _ -> Response.text(200, next.get().answer(Chained.class));
    Handler waiting = _ -> Response.text(200, next.get().answer(Waiting.class));
    Handler routes =
        Router.builder()
            .get("/chained", chained)
            .get("/chained/now", nonBlocking(chained))
            .get("/waiting", waiting)
            .get("/waiting/now", nonBlocking(waiting))
            .get("/health", nonBlocking(_ -> Response.text(200, "ok")))
            .build();
    List<String> paths = List.of("/chained", "/waiting", "/chained/now", "/waiting/now");
    withPeer(() -> play(routes, server -> load(server, paths, 200)));
  }

  @Test
  void initialiser_waitsForAHandlerOfAnotherLoop_isDoneAndItsLoopServes() throws Exception {
    Handler slow =
        _ -> {
          Thread.sleep(10);
          return Response.text(200, "ok");
        };
    try (Server peer = serve(slow, Limits.DEFAULTS)) {
      Peer.port = peer.port();
      initialise();
    }
  }

  private void initialise() throws Exception {
    Handler routes =
        Router.builder()
            .get("/initialise", _ -> Response.text(200, new Anew().answer(Waiting.class)))
            .get("/health", nonBlocking(_ -> Response.text(200, "ok")))
            .build();
    play(
        routes,
        server -> {
          try (var client = new WireClient(server.port())) {
            for (int i = 0; i < 5; i++) {
              assertThat(client.get("/initialise").read().text()).isEqualTo("ok");
            }
          }
        });
  }
}
