package dev.leantea.bench.soak;

import static dev.leantea.http.Handler.nonBlocking;

import dev.leantea.http.Handler;
import dev.leantea.http.Response;
import dev.leantea.net.LoopSocketFactory;
import dev.leantea.routing.Router;
import dev.leantea.sse.Broadcast;
import dev.leantea.sse.Event;
import dev.leantea.sse.Sse;
import dev.leantea.websocket.Room;
import dev.leantea.websocket.WebSocket;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** Handlers that share locks, a log, a broadcast, a room and connections to a slow server. */
final class SoakRoutes implements AutoCloseable {
  /** The path by which the last event of a phase is published, and its text. */
  static final String LAST = "/publish/last";

  private static final Logger LOG = System.getLogger("dev.leantea.bench.soak");
  private static final int CAPACITY = 100;
  private static final int POOL = 4;
  private static final long COMPUTE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  /** A member that does not read has a full queue soon. */
  private static final String PADDING = "x".repeat(32 * 1024);

  private final ReentrantLock lock = new ReentrantLock();
  private final Broadcast broadcast = new Broadcast(CAPACITY, Broadcast.Overflow.DROP_OLDEST);
  private final Room room = new Room(CAPACITY, Room.Overflow.DROP_OLDEST);
  private final BlockingQueue<Socket> pool = new LinkedBlockingQueue<>();
  private final ServerSocket slow = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());

  SoakRoutes() throws IOException {
    Thread.ofPlatform().daemon().name("soak-slow").start(this::acceptAll);
    for (int i = 0; i < POOL; i++) {
      pool.add(connect());
    }
  }

  Handler routes() {
    return Router.builder()
        .get("/health", nonBlocking(_ -> done()))
        .get("/lock", _ -> lock(1))
        .get("/lock/now", nonBlocking(_ -> lock(0)))
        .get("/log", request -> log(request.path()))
        .get("/log/now", nonBlocking(request -> log(request.path())))
        .get("/events", _ -> Sse.events(broadcast))
        .get("/room", request -> WebSocket.accept(request, room))
        .get("/publish", request -> publish(request.path()))
        .get("/publish/now", nonBlocking(request -> publish(request.path())))
        .get(LAST, request -> publish(request.path()))
        .get("/wait", _ -> askByPool())
        .get("/wait/once", _ -> askOnce())
        .get("/compute", _ -> compute())
        .post("/upload", request -> log(request.bytes().length + " bytes"))
        .post("/upload/now", nonBlocking(request -> log(request.bytes().length + " bytes")))
        .post("/upload/stream", request -> discard(request.stream()))
        .build();
  }

  private static Response done() {
    return Response.text(200, "done\n");
  }

  private Response lock(int millis) throws InterruptedException {
    lock.lock();
    try {
      Thread.sleep(millis);
    } finally {
      lock.unlock();
    }
    return done();
  }

  private static Response log(String text) {
    LOG.log(Level.INFO, text);
    return done();
  }

  private Response publish(String text) {
    broadcast.publish(Event.of(text));
    room.publish(PADDING + text);
    return done();
  }

  private static Response compute() {
    long end = System.nanoTime() + COMPUTE_NANOS;
    while (System.nanoTime() - end < 0) {
      Thread.onSpinWait();
    }
    return done();
  }

  private static Response discard(InputStream body) throws IOException {
    return log(body.transferTo(OutputStream.nullOutputStream()) + " bytes in pieces");
  }

  // ---- the slow server, as a database

  private Socket connect() throws IOException {
    return new LoopSocketFactory().createSocket(slow.getInetAddress(), slow.getLocalPort());
  }

  private Response askByPool() throws IOException, InterruptedException {
    Socket connection = pool.take();
    try {
      return ask(connection);
    } finally {
      pool.add(connection);
    }
  }

  private Response askOnce() throws IOException {
    try (Socket connection = connect()) {
      return ask(connection);
    }
  }

  private static Response ask(Socket connection) throws IOException {
    connection.getOutputStream().write(42);
    if (connection.getInputStream().read() != 42) {
      throw new IOException("expected another answer of the slow server");
    }
    return done();
  }

  private void acceptAll() {
    try {
      while (true) {
        Socket connection = slow.accept();
        Thread.startVirtualThread(() -> answerAll(connection));
      }
    } catch (IOException e) {
      // closed
    }
  }

  private static void answerAll(Socket connection) {
    try (connection) {
      for (int question; (question = connection.getInputStream().read()) >= 0; ) {
        Thread.sleep(1);
        connection.getOutputStream().write(question);
      }
    } catch (IOException | InterruptedException e) {
      // the handler sees it
    }
  }

  @Override
  public void close() throws IOException {
    slow.close();
    for (Socket connection : pool) {
      connection.close();
    }
  }
}
