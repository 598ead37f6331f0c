package dev.leantea.bench.peer;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeadersFactory;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.AsciiString;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Netty without a framework: its own HTTP codec and one handler that answers {@code /health} with
 * the header lines that LeanTea writes, on the transport and with the event loops of the backend
 * {@code netty}. What that backend costs more than this is what a framework costs.
 */
public final class BareNetty {
  private static final int BACKLOG = 1_024;

  private BareNetty() {}

  /**
   * Serves until the process is ended.
   *
   * @param arguments the port to listen on, 127.0.0.1 only; 0: it chooses one
   */
  public static void main(String[] arguments) throws InterruptedException {
    boolean epoll = Epoll.isAvailable();
    int loops = Runtime.getRuntime().availableProcessors();
    Channel server =
        new ServerBootstrap()
            .group(
                new MultiThreadIoEventLoopGroup(
                    loops, epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory()))
            .channel(epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class)
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(new Connections())
            .bind(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0]))
            .sync()
            .channel();
    System.out.println(
        "bare netty: http:/" + server.localAddress() + " transport " + (epoll ? "epoll" : "nio"));
    server.closeFuture().sync();
  }

  private static final class Connections extends ChannelInitializer<Channel> {
    @Override
    protected void initChannel(Channel connection) {
      connection.pipeline().addLast(new HttpServerCodec(), new Hello());
    }
  }

  /** Answers as a tuned hello server does: constant values, no checks of its own header lines. */
  private static final class Hello extends SimpleChannelInboundHandler<HttpObject> {
    private static final ByteBuf OK =
        Unpooled.unreleasableBuffer(
            Unpooled.directBuffer().writeBytes("ok".getBytes(StandardCharsets.US_ASCII)));
    private static final AsciiString TEXT = AsciiString.cached("text/plain; charset=utf-8");
    private static final HttpHeadersFactory UNCHECKED =
        DefaultHttpHeadersFactory.headersFactory().withValidation(false);

    /** RFC 9110 §5.6.7. */
    private static final DateTimeFormatter IMF_FIXDATE =
        DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US);

    /** The value of {@code Date}, valid for one second. */
    private record Date(long second, AsciiString text) {}

    private static volatile Date date = new Date(0, AsciiString.EMPTY_STRING);

    @Override
    protected void channelRead0(ChannelHandlerContext context, HttpObject part) {
      if (part instanceof HttpRequest request) {
        boolean keep = HttpUtil.isKeepAlive(request);
        var written = context.write(answer(request, keep));
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
              found ? OK.duplicate() : Unpooled.EMPTY_BUFFER,
              UNCHECKED,
              UNCHECKED);
      var connection = keep ? HttpHeaderValues.KEEP_ALIVE : HttpHeaderValues.CLOSE;
      answer
          .headers()
          .set(HttpHeaderNames.DATE, now())
          .set(HttpHeaderNames.CONNECTION, connection)
          .setInt(HttpHeaderNames.CONTENT_LENGTH, answer.content().readableBytes())
          .set(HttpHeaderNames.CONTENT_TYPE, TEXT);
      return answer;
    }

    private static AsciiString now() {
      Date known = date;
      long second = System.currentTimeMillis() / 1_000;
      if (known.second() != second) {
        var time = Instant.ofEpochSecond(second).atOffset(ZoneOffset.UTC);
        known = new Date(second, new AsciiString(IMF_FIXDATE.format(time)));
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
}
