package dev.leantea.http1;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.AsciiString;

/** Does with Netty what {@link ExchangeTransport}'s handler does with LeanTea. */
final class NettyHandler extends SimpleChannelInboundHandler<FullHttpRequest> {
  private static final byte[] OK = {'o', 'k'};
  private static final AsciiString DATE = AsciiString.cached("Tue, 24 Nov 2026 08:00:00 GMT");
  private static final AsciiString TEXT = AsciiString.cached("text/plain; charset=utf-8");

  @Override
  protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
    byte[] body = ByteBufUtil.getBytes(request.content());
    if (request.uri().isEmpty() || body.length < 0) {
      throw new IllegalStateException("expected a target and a body");
    }
    var written = context.writeAndFlush(answer());
    if (!HttpUtil.isKeepAlive(request)) {
      written.addListener(ChannelFutureListener.CLOSE);
    }
  }

  /** With the lines that ours writes. */
  static FullHttpResponse answer() {
    var response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, HttpResponseStatus.OK, Unpooled.wrappedBuffer(OK));
    response
        .headers()
        .set(HttpHeaderNames.DATE, DATE)
        .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.KEEP_ALIVE)
        .setInt(HttpHeaderNames.CONTENT_LENGTH, OK.length)
        .set(HttpHeaderNames.CONTENT_TYPE, TEXT);
    return response;
  }
}
