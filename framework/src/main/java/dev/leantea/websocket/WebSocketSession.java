package dev.leantea.websocket;

import dev.leantea.http.UpgradedConnection;
import dev.leantea.websocket.Message.Binary;
import dev.leantea.websocket.Message.Text;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A WebSocket between {@link MessageParser}, {@link FrameWriter} and the connection.
 *
 * <pre>
 *          Close comes: answer it
 *  OPEN ─────────────────────────────────────────────▶ CLOSED ─ the handler returns ─▶ FIN
 *   │ close(), drain, handler returned      Close comes ▲ ▲ ▲
 *   ├──────────────────────────────▶ CLOSING ───────────┘ │ │
 *   │                                  └── closeTimeout ──┘ │
 *   └─ the client broke the protocol: say why ──────────────┘
 * </pre>
 *
 * <p>The receiving thread owns the parser. Sending is guarded by a lock: each frame is whole on the
 * wire, and none follows a Close (RFC 6455 §5.5.1).
 */
final class WebSocketSession implements WebSocket {
  private static final Logger LOG = System.getLogger("dev.leantea");
  private static final int RECEIVE_OCTETS = 8 * 1024;

  /** A shorter message gains nothing. */
  private static final int LEAST_DEFLATED_OCTETS = 64;

  private final UpgradedConnection connection;
  private final InputStream in;
  private final OutputStream out;
  private final WebSocketOptions options;
  private final Optional<String> subprotocol;
  private final @Nullable DeflateParameters deflate;
  private final MessageParser parser;
  private final PingTimer pings;
  private final ReentrantLock sending = new ReentrantLock();

  // Guarded by sending.
  private @Nullable Deflation deflation;
  private boolean closeSent;

  /** Until when to wait for the client's half of the closing handshake. */
  private volatile long closeDeadline;

  /** Why it is closed or closing. */
  private volatile @Nullable CloseReason reason;

  // Of the receiving thread.
  private byte[] received = new byte[512];
  private boolean closed;

  private WebSocketSession(
      UpgradedConnection connection,
      WebSocketOptions options,
      Optional<String> subprotocol,
      Optional<DeflateParameters> deflate) {
    this.connection = connection;
    this.in = connection.input();
    this.out = connection.output();
    this.options = options;
    this.subprotocol = subprotocol;
    this.deflate = deflate.orElse(null);
    this.parser = new MessageParser(options, this.deflate);
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
      if (reason == null) {
        throw e; // the client is gone
      }
      finish(reason); // the handler sent after a Close: no fault of anybody
    } catch (Throwable e) {
      LOG.log(Level.ERROR, "websocket handler failed", e);
      finish(new CloseReason(CloseReason.INTERNAL_ERROR, ""));
    }
  }

  /** The closing handshake, as far as it was not done. */
  private void finish(CloseReason why) throws IOException {
    beginClose(why);
    while (receive() != null) {
      // passed over: we have closed
    }
  }

  private void free() {
    parser.close();
    sending.lock();
    try {
      closeSent = true; // nobody sends any more, nor touches the deflater
      if (deflation != null) {
        deflation.close();
      }
    } finally {
      sending.unlock();
    }
  }

  // ---- receiving

  @Override
  public @Nullable Message receive() throws IOException {
    while (!closed) {
      Event event = next();
      if (event == null) {
        fill();
      } else if (event instanceof Event.Data(Message message)) {
        if (reason == null) {
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
      case Event.Ping(byte[] payload) -> sendControl(Opcode.PONG, payload);
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
      int octets = in.read(received);
      if (octets < 0) {
        ended();
        return;
      }
      heard(System.nanoTime());
      parser.offer(received, 0, octets);
      if (octets == received.length && octets < RECEIVE_OCTETS) {
        received = new byte[RECEIVE_OCTETS]; // the parser has a hold on the old one
      }
    } catch (SocketTimeoutException e) {
      silent();
    }
  }

  /** A client that talks on and on must hear of a drain, and of the end of our patience, too. */
  private void heard(long now) throws IOException {
    pings.heard(now);
    if (reason != null) {
      closed = now - closeDeadline >= 0;
    } else if (connection.draining()) {
      goAway();
    }
  }

  private void goAway() throws IOException {
    beginClose(new CloseReason(CloseReason.GOING_AWAY, "the server is closing down"));
  }

  /** The client sends no more: by a Close frame left out, or because the server closes down. */
  private void ended() throws IOException {
    if (connection.draining()) {
      goAway();
    }
    if (reason == null) {
      reason = new CloseReason(CloseReason.ABNORMAL, "");
    }
    closed = true;
  }

  private void silent() throws IOException {
    long now = System.nanoTime();
    if (reason != null) {
      closed = now - closeDeadline >= 0;
    } else if (connection.draining()) {
      goAway();
    } else {
      keepAlive(now);
    }
  }

  private void keepAlive(long now) throws IOException {
    switch (pings.at(now)) {
      case WAIT -> {}
      case PING -> sendControl(Opcode.PING, new byte[0]);
      case GIVE_UP -> {
        reason = new CloseReason(CloseReason.ABNORMAL, "no answer to a ping");
        connection.close();
        throw new IOException("websocket: the client answers no ping");
      }
    }
  }

  // ---- sending

  @Override
  public void send(Message message) throws IOException {
    switch (message) {
      case Text(String text) -> sendData(Opcode.TEXT, text.getBytes(StandardCharsets.UTF_8));
      case Binary(byte[] bytes) -> sendData(Opcode.BINARY, bytes);
    }
  }

  private void sendData(int opcode, byte[] content) throws IOException {
    sending.lock();
    try {
      requireOpen();
      if (deflate != null && content.length >= LEAST_DEFLATED_OCTETS) {
        write(opcode, true, deflation(deflate).deflate(content));
      } else {
        write(opcode, false, content);
      }
    } finally {
      sending.unlock();
    }
  }

  private Deflation deflation(DeflateParameters parameters) {
    if (deflation == null) {
      deflation = new Deflation(!parameters.serverNoContext(), parameters.serverWindowBits());
    }
    return deflation;
  }

  private void requireOpen() throws IOException {
    if (closeSent) {
      throw new IOException("websocket: expected it to be open, it is closed with " + reason);
    }
  }

  private void write(int opcode, boolean compressed, byte[] payload) throws IOException {
    out.write(FrameWriter.header(opcode, compressed, payload.length));
    out.write(payload);
    out.flush();
  }

  @Override
  public void ping(byte[] payload) throws IOException {
    if (payload.length > 125) {
      throw new IllegalArgumentException("ping: expected at most 125 bytes, got " + payload.length);
    }
    sending.lock();
    try {
      requireOpen();
      write(Opcode.PING, false, payload);
    } finally {
      sending.unlock();
    }
  }

  /** Sends a Ping or a Pong, unless a Close was sent: nothing may follow it. */
  private void sendControl(int opcode, byte[] payload) throws IOException {
    sending.lock();
    try {
      if (!closeSent) {
        write(opcode, false, payload);
      }
    } finally {
      sending.unlock();
    }
  }

  @Override
  public void close(int code, String text) throws IOException {
    beginClose(new CloseReason(code, text).requireSendable());
  }

  /** Sends a Close frame, once. */
  private void beginClose(CloseReason why) throws IOException {
    sending.lock();
    try {
      if (!closeSent) {
        closeSent = true;
        closeDeadline = System.nanoTime() + options.closeTimeout().toNanos();
        reason = why;
        connection.readTimeout(options.closeTimeout());
        write(Opcode.CLOSE, false, FrameWriter.closePayload(why));
      }
    } finally {
      sending.unlock();
    }
  }

  @Override
  public Optional<String> subprotocol() {
    return subprotocol;
  }

  @Override
  public Optional<CloseReason> closeReason() {
    return Optional.ofNullable(reason);
  }

  @Override
  public String toString() {
    return "websocket " + Objects.requireNonNullElse(reason, "open");
  }
}
