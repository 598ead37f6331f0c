package dev.leantea.http1;

import dev.leantea.exchange.IncomingBody;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads the requests of a connection from its receive buffer: a head, then its body, then the next
 * head.
 *
 * <pre>
 *  Head ── head() is complete ─┬─ without a body ─▶ Head
 *                              └─ body() ─▶ Body ─┬─ feed() is complete ─▶ Head
 *                                                 └─ fail() ─▶ Failed: nothing more can be read
 * </pre>
 *
 * <p>One owner thread.
 */
final class RequestReader {
  private sealed interface Reading {
    Reading HEAD = new Head();

    /** Between messages, or within a head. */
    record Head() implements Reading {}

    /** Within a body. */
    record Body(BodyDecoder decoder, IncomingBody target) implements Reading {}

    /** The end of a body is unknown. */
    record Failed(ProtocolException cause) implements Reading {}
  }

  private final Http1Protocol protocol;
  private final ReceiveBuffer in = new ReceiveBuffer();
  private final RequestParser parser;
  private Reading reading = Reading.HEAD;

  /** The Host of the last request; initially empty. */
  private byte[] host = {};

  /** Whether the client waits for 100 Continue before it sends the body (RFC 9110 §10.1.1). */
  private boolean heldBack;

  RequestReader(Http1Protocol protocol) {
    this.protocol = protocol;
    this.parser = new RequestParser(protocol.application.limits());
  }

  /** Bytes that were received and not consumed. */
  ReceiveBuffer buffer() {
    return in;
  }

  /** Returns the next head; null if it is incomplete. */
  @Nullable RequestHead head() throws ProtocolException {
    if (!(reading instanceof Reading.Head)) {
      throw new IllegalStateException(
          "request: expected to be between messages, was in " + reading);
    }
    RequestHead head = parser.parse(in, protocol.lineEnds);
    if (head != null && head.hosts == 1) {
      recogniseHost(head);
    }
    return head;
  }

  /** Skips validation of a repeated Host: after an invalid one the connection is closed. */
  private void recogniseHost(RequestHead head) {
    int from = head.valueFrom(head.hostLine);
    int to = head.valueTo(head.hostLine);
    head.hostIsKnown = Arrays.equals(head.bytes, from, to, host, 0, host.length);
    if (!head.hostIsKnown) {
      host = Arrays.copyOfRange(head.bytes, from, to);
    }
  }

  /**
   * Starts reading the body of the last head.
   *
   * @param expectsContinue whether the client waits for 100 Continue before it sends the body
   */
  void body(MessageFraming framing, IncomingBody target, boolean expectsContinue) {
    heldBack = expectsContinue;
    BodyDecoder decoder = BodyDecoder.of(framing, protocol);
    if (decoder != null) {
      reading = new Reading.Body(decoder, target);
    }
  }

  boolean isHeldBack() {
    return heldBack;
  }

  /** 100 Continue was sent. */
  void letCome() {
    heldBack = false;
  }

  /** Whether the client should send bytes of a body, and there is room for them. */
  boolean expectsBody() {
    return reading instanceof Reading.Body(_, IncomingBody target)
        && !heldBack
        && target.room() > 0;
  }

  /** Bytes of content of the body that is being read, so far. */
  long bodyTotal() {
    return reading instanceof Reading.Body(_, IncomingBody target) ? target.total() : 0;
  }

  /** Whether a body is incomplete. */
  boolean isInBody() {
    return reading instanceof Reading.Body;
  }

  /**
   * Moves bytes into the body, unless the client waits for 100 Continue: whether it has sent the
   * body all the same must not change the response of a handler that does not read it.
   *
   * @return whether it is complete
   */
  boolean feed() throws ProtocolException {
    if (heldBack || !(reading instanceof Reading.Body(BodyDecoder decoder, IncomingBody target))) {
      return false;
    }
    boolean complete = decoder.decode(in, target);
    if (complete) {
      reading = Reading.HEAD;
    }
    return complete;
  }

  /** Whether more bytes are needed to continue the body. */
  boolean needsMore() {
    return in.isEmpty()
        || (reading instanceof Reading.Body(BodyDecoder decoder, _) && decoder.needsMore());
  }

  /** Ends reading with an error: the end of the body is unknown. */
  void fail(ProtocolException cause) {
    reading = new Reading.Failed(cause);
    in.clear();
  }

  /** Why the body failed; null if it did not. */
  @Nullable ProtocolException failure() {
    return reading instanceof Reading.Failed(ProtocolException cause) ? cause : null;
  }
}
