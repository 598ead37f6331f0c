package dev.leantea.bench.harness.peer;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeadersFactory;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.AsciiString;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Answers as a tuned hello server does: constant values, no checks of its own lines. */
final class HelloHandler extends SimpleChannelInboundHandler<HttpObject> {
  private static final ByteBuf OK =
      Unpooled.unreleasableBuffer(
          Unpooled.directBuffer().writeBytes("ok".getBytes(StandardCharsets.US_ASCII)));
  private static final ByteBuf NONE = Unpooled.EMPTY_BUFFER;
  private static final AsciiString TEXT = AsciiString.cached("text/plain; charset=utf-8");
  private static final HttpHeadersFactory UNCHECKED =
      DefaultHttpHeadersFactory.headersFactory().withValidation(false);

  private static volatile Dated date = Dated.at(Instant.EPOCH);

  /** The value of {@code Date}, good for one second. */
  private record Dated(long second, AsciiString text) {
    static Dated at(Instant now) {
      String text = DateTimeFormatter.RFC_1123_DATE_TIME.format(now.atOffset(ZoneOffset.UTC));
      return new Dated(now.getEpochSecond(), new AsciiString(text));
    }
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, HttpObject part) {
    if (part instanceof HttpRequest request) {
      boolean keep = HttpUtil.isKeepAlive(request);
      ChannelFuture written = context.write(answer(request, keep));
      if (!keep) {
        written.addListener(ChannelFutureListener.CLOSE);
      }
    }
  }

  private static FullHttpResponse answer(HttpRequest request, boolean keep) {
    boolean found = request.uri().equals("/health");
    FullHttpResponse answer =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            found ? HttpResponseStatus.OK : HttpResponseStatus.NOT_FOUND,
            found ? OK.duplicate() : NONE,
            UNCHECKED,
            UNCHECKED);
    answer
        .headers()
        .set(HttpHeaderNames.DATE, now())
        .set(
            HttpHeaderNames.CONNECTION, keep ? HttpHeaderValues.KEEP_ALIVE : HttpHeaderValues.CLOSE)
        .setInt(HttpHeaderNames.CONTENT_LENGTH, answer.content().readableBytes())
        .set(HttpHeaderNames.CONTENT_TYPE, TEXT);
    return answer;
  }

  private static AsciiString now() {
    Dated known = date;
    long second = System.currentTimeMillis() / 1_000;
    if (known.second() != second) {
      known = Dated.at(Instant.ofEpochSecond(second));
      date = known;
    }
    return known.text();
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    context.flush();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    context.close().addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
  }
}
