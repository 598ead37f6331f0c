package dev.leantea.websocket;

import dev.leantea.http.ClientGoneException;
import dev.leantea.http.Failures;
import dev.leantea.http.UpgradedConnection;
import dev.leantea.websocket.Message.Binary;
import dev.leantea.websocket.Message.Text;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A WebSocket between {@link MessageParser}, {@link FrameSender} and the connection.
 *
 * <pre>
 *          Close comes: answer it
 *  OPEN ─────────────────────────────────────────────▶ CLOSED ─ the handler returns ─▶ FIN
 *   │ close(), drain, handler returned      Close comes ▲ ▲ ▲
 *   ├──────────────────────────────▶ CLOSING ───────────┘ │ │
 *   │                                  └── closeTimeout ──┘ │
 *   ├─ the client broke the protocol: say why ──────────────┘
 *   └─ abort(), no answer to a ping: the connection is broken off
 * </pre>
 *
 * <p>The receiving thread owns the parser. A second one waits until the first has its message: the
 * handler's return receives what a thread of the handler's may still wait for.
 */
final class WebSocketSession implements WebSocket {
  private static final Logger LOG = System.getLogger("dev.leantea");
  private static final int FIRST_RECEIVE_BYTES = 512;
  private static final int RECEIVE_BYTES = 8 * 1024;

  private final UpgradedConnection connection;
  private final InputStream in;
  private final WebSocketOptions options;
  private final Optional<String> subprotocol;
  private final MessageParser parser;
  private final FrameSender sender;
  private final PingTimer pings;
  private final ReentrantLock receiving = new ReentrantLock();

  /**
   * Why it closes.
   *
   * @param deadline until when to wait for the client's half of the closing handshake
   */
  private record Closing(CloseReason reason, long deadline) {}

  private final AtomicReference<@Nullable Closing> closing = new AtomicReference<>();
  private volatile boolean aborted;

  /** Whether there is nothing more to receive. Set by the receiving thread. */
  private volatile boolean closed;

  // Of the receiving thread.
  private byte[] received = new byte[FIRST_RECEIVE_BYTES];

  private WebSocketSession(
      UpgradedConnection connection,
      WebSocketOptions options,
      Optional<String> subprotocol,
      Optional<DeflateParameters> deflate) {
    this.connection = connection;
    this.in = connection.input();
    this.options = options;
    this.subprotocol = subprotocol;
    this.parser = new MessageParser(options, deflate.orElse(null));
    this.sender = new FrameSender(connection, deflate.orElse(null));
    this.pings = new PingTimer(options.pingInterval(), System.nanoTime());
    connection.readTimeout(options.pingInterval());
  }

  /** Runs a handler over the connection, and closes in good order. */
  static void run(
      UpgradedConnection connection,
      WebSocketOptions options,
      Optional<String> subprotocol,
      Optional<DeflateParameters> deflate,
      WebSocketHandler handler)
      throws IOException {
    var session = new WebSocketSession(connection, options, subprotocol, deflate);
    try {
      session.run(handler);
    } finally {
      session.free();
    }
  }

  private void run(WebSocketHandler handler) throws IOException {
    try {
      handler.handle(this);
      finish(new CloseReason(CloseReason.NORMAL, ""));
    } catch (IOException e) {
      ended(e);
    } catch (UncheckedIOException e) {
      ended(Objects.requireNonNull(e.getCause(), "cause"));
    } catch (Throwable e) {
      Optional<ClientGoneException> gone = Failures.clientGone(e);
      if (gone.isPresent()) {
        ended(gone.get());
      } else {
        LOG.log(Level.ERROR, "websocket handler failed", e);
        finish(new CloseReason(CloseReason.INTERNAL_ERROR, ""));
      }
    }
  }

  private void ended(IOException e) throws IOException {
    Closing why = closing.get();
    if (why == null) {
      throw e; // the client is gone
    }
    finish(why.reason()); // the handler sent after a Close, which is no failure
  }

  /** The closing handshake, as far as it was not done. */
  private void finish(CloseReason why) throws IOException {
    beginClose(why);
    while (receive() != null) {
      // discarded: we have closed
    }
  }

  private void free() {
    if (!sender.free(options.closeTimeout())) {
      connection.close(); // the client takes nothing of what another thread sends
    }
    receiving.lock();
    try {
      closed = true;
      parser.close();
    } finally {
      receiving.unlock();
    }
  }

  // ---- receiving

  @Override
  @SuppressWarnings("ThreadPriorityCheck") // see the comment
  public @Nullable Message receive() throws IOException {
    if (closed) {
      // A handler that ignores the end and goes on must cost its event loop no more than one that
      // blocks.
      Thread.yield();
      return null;
    }
    receiving.lock();
    try {
      return nextMessage();
    } finally {
      receiving.unlock();
    }
  }

  private @Nullable Message nextMessage() throws IOException {
    while (!closed) {
      Event event = next();
      if (event == null) {
        fill();
      } else if (event instanceof Event.Data(Message message)) {
        if (closing.get() == null) {
          return message;
        }
      } else {
        control(event);
      }
    }
    return null;
  }

  private @Nullable Event next() throws IOException {
    try {
      return parser.next();
    } catch (WebSocketFailure e) {
      // RFC 6455 §7.1.7: say why, and read no further.
      beginClose(e.closeReason());
      closed = true;
      return null;
    }
  }

  private void control(Event event) throws IOException {
    switch (event) {
      case Event.Ping(byte[] payload) -> sender.control(Opcode.PONG, payload);
      case Event.Close(CloseReason theirs) -> {
        beginClose(theirs);
        closed = true;
      }
      case Event.Pong _, Event.Data _ -> {}
    }
  }

  private void fill() throws IOException {
    if (closed) {
      return;
    }
    try {
      int count = in.read(received);
      if (count < 0) {
        ended();
        return;
      }
      heard(System.nanoTime());
      parser.offer(received, 0, count);
      if (count == received.length && count < RECEIVE_BYTES) {
        received = new byte[RECEIVE_BYTES]; // the parser has a hold on the old one
      }
    } catch (SocketTimeoutException e) {
      silent();
    } catch (IOException e) {
      if (!aborted) {
        throw e;
      }
      closed = true;
    }
  }

  /** A client that never stops sending must notice a drain, and the close timeout, too. */
  private void heard(long now) {
    pings.heard(now);
    Closing why = closing.get();
    if (why != null) {
      closed = now - why.deadline() >= 0;
    } else if (connection.draining()) {
      goAway();
    }
  }

  private void goAway() {
    beginClose(new CloseReason(CloseReason.GOING_AWAY, "the server is closing down"));
  }

  /** The client sends no more: without a Close frame, or because the server closes down. */
  private void ended() {
    if (connection.draining()) {
      goAway();
    }
    closesWith(new CloseReason(CloseReason.ABNORMAL, ""));
    closed = true;
  }

  private void silent() throws IOException {
    long now = System.nanoTime();
    Closing why = closing.get();
    if (why != null) {
      closed = now - why.deadline() >= 0;
    } else if (connection.draining()) {
      goAway();
    } else {
      keepAlive(now);
    }
  }

  private void keepAlive(long now) throws IOException {
    switch (pings.at(now)) {
      case WAIT -> {}
      case PING -> sender.control(Opcode.PING, new byte[0]);
      case GIVE_UP -> {
        closesWith(new CloseReason(CloseReason.ABNORMAL, "no answer to a ping"));
        connection.close();
        throw new ClientGoneException("websocket: the client answers no ping");
      }
    }
  }

  // ---- sending

  @Override
  public void send(Message message) throws IOException {
    switch (message) {
      case Text(String text) -> sender.data(Opcode.TEXT, text.getBytes(StandardCharsets.UTF_8));
      case Binary(byte[] bytes) -> sender.data(Opcode.BINARY, bytes);
    }
  }

  /**
   * Sends frames that are encoded already, with one flush.
   *
   * @param more gives the next one, or null when none waits
   */
  void sendFrames(byte[] first, Supplier<byte @Nullable []> more) throws IOException {
    sender.frames(first, more);
  }

  @Override
  public void ping(byte[] payload) throws IOException {
    if (payload.length > 125) {
      throw new IllegalArgumentException("ping: expected at most 125 bytes, got " + payload.length);
    }
    sender.requireOpen();
    sender.control(Opcode.PING, payload);
  }

  @Override
  public void close(int code, String text) {
    beginClose(new CloseReason(code, text).requireSendable());
  }

  /** Sends a Close frame, once. Never waits. */
  private void beginClose(CloseReason why) {
    closesWith(why);
    if (sender.close(why.orNone())) {
      connection.readTimeout(options.closeTimeout());
    }
  }

  /** Notes why it closes; the first reason counts. */
  private void closesWith(CloseReason why) {
    long deadline = System.nanoTime() + options.closeTimeout().toNanos();
    closing.compareAndSet(null, new Closing(why, deadline));
  }

  @Override
  public void abort() {
    closesWith(new CloseReason(CloseReason.ABNORMAL, "aborted"));
    aborted = true;
    connection.close();
  }

  @Override
  public Optional<String> subprotocol() {
    return subprotocol;
  }

  @Override
  public Optional<CloseReason> closeReason() {
    return Optional.ofNullable(closing.get()).map(Closing::reason);
  }

  @Override
  public String toString() {
    return "websocket " + closeReason().map(CloseReason::toString).orElse("open");
  }
}
