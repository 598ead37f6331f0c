package dev.leantea.http2;

import dev.leantea.exchange.Exchange;
import dev.leantea.http.HttpVersion;
import dev.leantea.http.Method;
import dev.leantea.http.Request;
import dev.leantea.http.RequestContent;
import dev.leantea.http.RequestTarget;
import dev.leantea.http.Response;
import dev.leantea.http2.FieldName.Kind;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Field blocks: each begins a request, or ends one with trailers (RFC 9113 §8.1). Every block is
 * decoded, also one that is of no use any more, so that the decoder's table stays in step (§4.3).
 *
 * <pre>
 *  block ─┬─ new stream ─┬─ within the limits, well-formed ─▶ Exchange.start
 *         │              ├─ malformed ─▶ 4xx
 *         │              └─ one stream too many ─▶ REFUSED_STREAM
 *         ├─ open stream ─▶ trailers
 *         └─ closed stream ─▶ ignored after our own reset, else STREAM_CLOSED
 * </pre>
 *
 * <p>One owner thread.
 */
final class RequestInput {
  private final Http2Connection connection;
  private final Http2Protocol protocol;
  private final HpackDecoder decoder;
  private final EarlyPriorities priorities = new EarlyPriorities();

  /** The highest stream that the client has opened. */
  private int lastStreamId;

  /**
   * The client has skipped no stream from this one on: below it, one may never have been opened.
   */
  private int unskippedFrom;

  /** The highest stream that this server may have processed: those after GOAWAY are not. */
  private int lastProcessedId;

  RequestInput(Http2Connection connection) {
    this.connection = connection;
    this.protocol = connection.protocol;
    this.decoder = new HpackDecoder(HpackDecoder.DEFAULT_TABLE_BYTES, protocol.maxListBytes);
  }

  /** For GOAWAY: the highest stream that may have been processed (§6.8). */
  int lastProcessedId() {
    return lastProcessedId;
  }

  /** Whether the client opened the stream before it received the last GOAWAY of a drain. */
  private boolean isAfterGoAway(int streamId) {
    return streamId > lastProcessedId && streamId <= lastStreamId;
  }

  /** Whether a stream below the highest may never have been opened (§5.1.1). */
  boolean isSkipped(int streamId) {
    return streamId < unskippedFrom;
  }

  /** Whether frames for a stream that is not open are ignored: they were on their way (§5.1). */
  boolean isIgnored(int streamId) {
    return connection.resets.contains(streamId) || isAfterGoAway(streamId);
  }

  /** Whether no frame but HEADERS and PRIORITY may come for the stream (§5.1). */
  boolean isIdle(int streamId) {
    return streamId > lastStreamId || isEven(streamId);
  }

  /**
   * RFC 9218 §7.1: PRIORITY_UPDATE for a stream that the client is about to open.
   *
   * @throws Http2Exception of the connection for more streams than may be open
   */
  void prioritize(int streamId, Priority priority) throws Http2Exception {
    if (!priorities.put(streamId, priority, connection.streams.size())) {
      throw FrameRules.protocolError(
          "PRIORITY_UPDATE: expected at most "
              + Http2Protocol.MAX_STREAMS
              + " streams that are open or about to be");
    }
  }

  static boolean isEven(int streamId) {
    return (streamId & 1) == 0;
  }

  /** A complete block. */
  void block(int streamId, boolean endStream, byte[] bytes, int from, int to)
      throws Http2Exception {
    Http2Stream stream = connection.streams.find(streamId);
    if (stream != null) {
      trailers(stream, endStream, bytes, from, to);
    } else if (streamId > lastStreamId) {
      if (streamId != lastStreamId + 2) {
        unskippedFrom = streamId;
      }
      lastStreamId = streamId;
      open(streamId, endStream, bytes, from, to);
    } else {
      var _ = decode(bytes, from, to, _ -> {});
      closed(streamId);
    }
  }

  private void closed(int streamId) throws Http2Exception {
    if (!isIgnored(streamId)) {
      throw new Http2Exception.OfConnection(
          isSkipped(streamId) ? ErrorCode.PROTOCOL_ERROR : ErrorCode.STREAM_CLOSED,
          "HEADERS: expected a new stream, got one below the highest");
    }
    connection.guard.count(FloodGuard.Kind.IGNORED);
  }

  private boolean decode(byte[] bytes, int from, int to, Consumer<? super HpackField> sink)
      throws Http2Exception {
    try {
      return decoder.decode(bytes, from, to, sink);
    } catch (HpackException e) {
      throw new Http2Exception.OfConnection(
          ErrorCode.COMPRESSION_ERROR, String.valueOf(e.getMessage()));
    }
  }

  private void open(int streamId, boolean endStream, byte[] bytes, int from, int to)
      throws Http2Exception {
    if (connection.isEnding()) {
      var _ = decode(bytes, from, to, _ -> {}); // §6.8: the client knows that it is not processed
      return;
    }
    lastProcessedId = streamId;
    if (connection.streams.size() >= Http2Protocol.MAX_STREAMS) {
      var _ = decode(bytes, from, to, _ -> {});
      throw tooManyStreams(streamId);
    }
    var fields = new RequestFields(protocol.limits);
    if (!decode(bytes, from, to, fields)) {
      fields.refuse(Refusal.TOO_MANY_FIELDS);
    }
    RequestTarget target = RequestRules.check(fields, protocol.limits, endStream);
    var stream = new Http2Stream(connection, streamId, fields, endStream);
    connection.streams.add(stream);
    prioritize(stream);
    if (target == null) {
      refuse(stream, fields.refusal());
    } else {
      start(stream, fields, target, endStream);
    }
  }

  private void prioritize(Http2Stream stream) {
    Priority early = priorities.take(stream.id);
    if (early != null) {
      stream.priority(early);
    }
  }

  /** §5.1.2. */
  private static Http2Exception tooManyStreams(int streamId) {
    return new Http2Exception.OfStream(
        streamId,
        ErrorCode.REFUSED_STREAM,
        "expected at most " + Http2Protocol.MAX_STREAMS + " streams at the same time");
  }

  private void start(
      Http2Stream stream, RequestFields fields, RequestTarget target, boolean endStream) {
    Method method = Objects.requireNonNull(RequestRules.method(fields), "checked before");
    RequestRules.addUpgrade(fields);
    var exchange =
        new Exchange(
            protocol.application,
            stream,
            connection.owner,
            StreamInput.bodyLength(fields, endStream));
    stream.carry(exchange);
    RequestContent content = exchange.body() == null ? RequestContent.EMPTY : exchange.body();
    exchange.start(
        Request.received(
            method,
            target,
            HttpVersion.HTTP_2,
            fields,
            connection.wire.tls(),
            connection.wire.remoteAddress(),
            content));
  }

  private void refuse(Http2Stream stream, @Nullable Refusal why) throws Http2Exception {
    Refusal refusal = Objects.requireNonNull(why, "request: expected a reason for its refusal");
    connection.guard.count(FloodGuard.Kind.STREAM_ERROR);
    protocol.application.refused(refusal.status(), refusal.message());
    stream.respond(Response.jsonError(refusal.status(), refusal.message()));
  }

  private void trailers(Http2Stream stream, boolean endStream, byte[] bytes, int from, int to)
      throws Http2Exception {
    var check = new Trailers();
    boolean small = decode(bytes, from, to, check);
    if (!stream.state().canReceive()) {
      throw new Http2Exception.OfStream( // §5.1
          stream.id, ErrorCode.STREAM_CLOSED, "HEADERS: expected none after END_STREAM");
    }
    if (!endStream || !small || check.malformed) {
      throw new Http2Exception.OfStream( // §8.1
          stream.id,
          ErrorCode.PROTOCOL_ERROR,
          "trailers: expected END_STREAM, no pseudo-header fields, and well-formed fields");
    }
    stream.trailers();
  }

  /** Trailers are dropped, as in HTTP/1.1; malformed ones are an error all the same. */
  private static final class Trailers implements Consumer<HpackField> {
    private boolean malformed;

    @Override
    public void accept(HpackField field) {
      Kind kind = field.name.kind;
      malformed |=
          !field.validValue
              || kind.isPseudo()
              || kind == Kind.UNKNOWN_PSEUDO
              || kind == Kind.INVALID
              || (kind == Kind.TE && !field.value.equalsIgnoreCase("trailers"))
              || kind == Kind.CONNECTION_SPECIFIC;
    }
  }
}
