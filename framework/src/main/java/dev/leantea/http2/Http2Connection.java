package dev.leantea.http2;

import dev.leantea.wire.Owner;
import dev.leantea.wire.Wire;
import dev.leantea.wire.WireListener;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * One HTTP/2 connection, without I/O: its phases, deadlines and end. It coordinates what is
 * received ({@link Http2Input}), the streams with their exchanges ({@link Http2Stream}), and what
 * is sent ({@link Sender}, {@link FrameWriter}, {@link ResponseHeads}).
 *
 * <pre>
 *  PREFACE ── preface, SETTINGS ──▶ SERVING ── drain ──▶ DRAINING ── PING answered ──▶ ENDING
 *     │                                │                    │                             │
 *     └────── error, idle, end of input, all streams of ENDING have ended ────────────────┤
 *                                                                                         ▼
 *                              CLOSED ◀── peer closed, or time is up ────────────── LINGERING
 * </pre>
 *
 * <ol>
 *   <li>{@link #received} processes all frames of a receive; handlers that do not block answer
 *       meanwhile.
 *   <li>{@link #endTurn} then sends what waits for windows, and flushes: one write for all.
 *   <li>A drain sends GOAWAY with the maximum stream identifier, so that no request on its way is
 *       lost; when the client has seen it, GOAWAY with the last one, and streams in flight end (RFC
 *       9113 §6.8).
 *   <li>After GOAWAY the sending side is shut down, and input is discarded for a while: closing at
 *       once would reset the connection, and the client might not get the rest.
 *   <li>{@link #tick} checks the deadlines.
 * </ol>
 */
final class Http2Connection implements WireListener {
  private static final Logger LOG = System.getLogger("dev.leantea");

  private enum Phase {
    PREFACE,
    SERVING,
    DRAINING,
    ENDING,
    LINGERING,
    CLOSED
  }

  /** Maximum unsent bytes, beyond which receiving is paused until the client has read some. */
  private static final int MAX_UNSENT_BYTES = 256 * 1024;

  /** Maximum bytes discarded after GOAWAY: what a client may have sent before it received that. */
  private static final int MAX_DISCARDED_BYTES = 2 * 1024 * 1024;

  /** Identifies the PING that follows the first GOAWAY of a drain. */
  private static final long DRAIN_PING = 0x6C65616E74656121L;

  final Http2Protocol protocol;
  final Wire wire;
  final Owner owner;
  final FrameWriter frames;
  final ResponseHeads heads;
  final Sender sender;
  final PeerSettings peer = new PeerSettings();
  final StreamTable streams = new StreamTable();
  final ResetStreams resets = new ResetStreams();
  final FloodGuard guard;
  private final FrameReader reader = new FrameReader();
  private final Http2Input input;
  private final Http2Deadlines deadlines;

  private Phase phase = Phase.PREFACE;
  private int discarded;
  private boolean inTurn;
  private boolean paused;
  private boolean inputEnded;

  Http2Connection(Http2Protocol protocol, Wire wire, Owner owner) {
    this.protocol = protocol;
    this.wire = wire;
    this.owner = owner;
    this.frames = new FrameWriter(wire);
    this.heads = new ResponseHeads(wire, protocol.date);
    this.sender = new Sender(wire);
    this.guard = new FloodGuard(owner);
    this.input = new Http2Input(this);
    this.deadlines = new Http2Deadlines(protocol, owner);
  }

  /** Sends the server's preface: its SETTINGS (RFC 9113 §3.4). */
  void start() {
    frames.settings(
        PeerSettings.MAX_CONCURRENT_STREAMS,
        Http2Protocol.MAX_STREAMS,
        PeerSettings.INITIAL_WINDOW_SIZE,
        StreamInput.INITIAL_WINDOW_BYTES,
        PeerSettings.MAX_HEADER_LIST_SIZE,
        protocol.maxListBytes,
        PeerSettings.ENABLE_CONNECT_PROTOCOL,
        1,
        PeerSettings.NO_RFC7540_PRIORITIES,
        1);
    input.openWindow();
    wire.flush();
  }

  /** Refuses a connection beyond the limit, before anything is read from it. */
  void refuse() {
    frames.settings();
    end(ErrorCode.ENHANCE_YOUR_CALM, "too many connections");
    protocol.application.refused(503, "too many connections");
  }

  // ---- WireListener

  @Override
  public void received(byte[] bytes, int from, int to) {
    switch (phase) {
      case LINGERING -> discarded(to - from);
      case CLOSED -> {}
      case PREFACE, SERVING, DRAINING, ENDING -> {
        deadlines.received();
        receive(bytes, from, to);
        endTurn();
      }
    }
  }

  @Override
  public void discarded(int bytes) {
    if (phase != Phase.LINGERING) {
      return;
    }
    discarded += bytes;
    if (discarded <= MAX_DISCARDED_BYTES) {
      deadlines.heardWhileLingering();
    } else if (wire.unsent() == 0) {
      close("the client went on sending after GOAWAY");
    } else {
      wire.receiving(false); // GOAWAY first
    }
  }

  private void receive(byte[] bytes, int from, int to) {
    inTurn = true;
    try {
      int at = input.preface(bytes, from, to);
      reader.receive(bytes, at, to, input);
    } catch (Http2Exception e) {
      fail(e);
    } finally {
      inTurn = false;
    }
  }

  @Override
  public void endOfInput() {
    inputEnded = true;
    streams.all().forEach(Http2Stream::endOfInput);
    endTurn();
  }

  @Override
  public void broken() {
    closeNow("the client closed the connection");
  }

  @Override
  public void sent() {
    deadlines.took(wire.unsent());
    endTurn();
  }

  @Override
  public void tick() {
    long now = owner.nanoTime();
    deadlines.checked(now);
    if (now >= deadlines.output()) {
      close("the client stopped reading");
      return;
    }
    switch (phase) {
      case PREFACE, SERVING, DRAINING, ENDING -> tickOpen(now);
      case LINGERING -> {
        if (now >= deadlines.linger()) {
          close("the connection has ended");
        }
      }
      case CLOSED -> {}
    }
  }

  private void tickOpen(long now) {
    inTurn = true;
    try {
      streams.all().forEach(stream -> stream.tick(now, deadlines.lastReceived()));
    } finally {
      inTurn = false;
    }
    if (now >= deadlines.head()) {
      end(ErrorCode.PROTOCOL_ERROR, "the header fields did not arrive in time");
    } else if (now >= deadlines.idle()) {
      end(ErrorCode.NO_ERROR, "idle");
    } else if (phase == Phase.DRAINING && now >= deadlines.drain()) {
      lastCall();
    }
    endTurn();
  }

  @Override
  public long deadline() {
    return deadlines.next();
  }

  @Override
  public boolean isIdle() {
    return phase == Phase.SERVING && streams.isEmpty() && !isIncomplete();
  }

  @Override
  public boolean isDrainable() {
    return phase == Phase.LINGERING;
  }

  // ---- the end of a turn

  /** Sends what may be sent, and flushes, unless frames are still being processed. */
  void endTurn() {
    if (inTurn || phase == Phase.CLOSED) {
      return;
    }
    inTurn = true;
    try {
      sender.pump();
    } finally {
      inTurn = false;
    }
    endIfDone();
    deadlines.settle(phase == Phase.PREFACE || isIncomplete(), !streams.isEmpty());
    wire.flush(); // wakes a writer that waits for a later deadline than there is now
    long unsent = wire.unsent();
    deadlines.flushed(unsent);
    throttle(unsent);
    closeIfDone();
  }

  private boolean isIncomplete() {
    return input.isWithinBlock() || (reader.isWithinFrame() && streams.isEmpty());
  }

  /** Whether content of some stream is on its way, of which bytes came within a time. */
  boolean isWithinContent(long received, long now, long nanos) {
    return reader.isWithinContent() && now - received < nanos;
  }

  /** Pauses receiving from a client that does not read what it has asked for. */
  private void throttle(long unsent) {
    boolean pause = unsent > (paused ? MAX_UNSENT_BYTES / 2 : MAX_UNSENT_BYTES);
    if (pause != paused && phase != Phase.LINGERING && phase != Phase.CLOSED) {
      paused = pause;
      wire.receiving(!pause);
    }
  }

  private void endIfDone() {
    if (streams.isEmpty() && isOpen() && (phase == Phase.ENDING || inputEnded)) {
      if (phase == Phase.ENDING) {
        linger();
      } else {
        end(ErrorCode.NO_ERROR, "the client has ended the connection");
      }
    }
  }

  private void closeIfDone() {
    if (phase == Phase.LINGERING && wire.unsent() == 0) {
      if (inputEnded || discarded > MAX_DISCARDED_BYTES) {
        close("the connection has ended");
      } else {
        deadlines.startLinger();
      }
    }
  }

  // ---- for its parts

  /** Whether frames are processed. */
  boolean isOpen() {
    return phase.compareTo(Phase.LINGERING) < 0;
  }

  /** Whether no new streams are accepted: the client has got the last GOAWAY. */
  boolean isEnding() {
    return phase.compareTo(Phase.ENDING) >= 0;
  }

  /** The client's preface is complete. */
  void begun() {
    if (phase == Phase.PREFACE) {
      phase = Phase.SERVING;
      if (owner.draining()) {
        drain();
      }
    }
  }

  /** A PING of this server was answered. */
  void pinged(long payload) {
    if (phase == Phase.DRAINING && payload == DRAIN_PING) {
      lastCall();
    }
  }

  /** The stream has ended both ways. */
  void closed(Http2Stream stream) {
    streams.remove(stream);
  }

  /** Ends a stream with RST_STREAM. */
  void reset(Http2Stream stream, ErrorCode code, String reason) {
    resetStream(stream.id, code);
    streams.remove(stream);
    stream.fail(reason);
  }

  /** Sends RST_STREAM, and ignores what the client sends on the stream before it has got it. */
  void resetStream(int streamId, ErrorCode code) {
    frames.resetStream(streamId, code);
    resets.add(streamId);
  }

  // ---- drain and end

  @Override
  public void drain() {
    streams.all().forEach(Http2Stream::drain);
    if (phase == Phase.SERVING) {
      phase = Phase.DRAINING;
      frames.goAway(Integer.MAX_VALUE, ErrorCode.NO_ERROR, "");
      frames.ping(DRAIN_PING);
      deadlines.startDrain();
      endTurn();
    } else if (phase == Phase.PREFACE) {
      deadlines.startDrain();
    } else if (phase == Phase.LINGERING) {
      deadlines.drainLingering();
    }
  }

  /** All requests that the client sent before it knew of the drain have arrived. */
  private void lastCall() {
    phase = Phase.ENDING;
    frames.goAway(input.lastProcessedId(), ErrorCode.NO_ERROR, "");
    endTurn();
  }

  private void fail(Http2Exception e) {
    Level level = e.code() == ErrorCode.ENHANCE_YOUR_CALM ? Level.INFO : Level.DEBUG;
    LOG.log(level, () -> "http2: connection of " + wire.remoteAddress() + " ended: " + e.reason());
    protocol.application.refused(400, e.reason());
    end(e.code(), e.reason());
  }

  /** Ends the connection with GOAWAY; streams that are open fail. */
  private void end(ErrorCode code, String reason) {
    frames.goAway(input.lastProcessedId(), code, reason);
    failStreams(reason);
    linger();
  }

  private void failStreams(String reason) {
    for (Http2Stream stream : streams.all()) {
      streams.remove(stream);
      stream.fail(reason);
    }
  }

  private void linger() {
    phase = Phase.LINGERING;
    reader.clear();
    wire.shutdownOutput();
    if (paused) {
      paused = false;
      wire.receiving(true);
    }
    if (wire.unsent() == 0) {
      deadlines.startLinger();
    }
  }

  private void close(String why) {
    closeNow(why);
    wire.close();
  }

  private void closeNow(String why) {
    phase = Phase.CLOSED;
    reader.clear();
    failStreams(why);
  }
}
