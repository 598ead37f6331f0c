package dev.leantea.bench.harness.peer;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import java.net.InetAddress;

/**
 * Netty without a framework: its own HTTP codec and one handler that answers {@code /health} with
 * the lines that LeanTea writes, on the transport and with the event loops that the backend {@code
 * netty} takes. What that backend costs more than this is what a framework costs.
 */
public final class BareNetty {
  /** Folder of the runnable jar with Netty's codec, which no server of ours needs. */
  public static final String NESTED = "peer";

  private static final int BACKLOG = 1_024;

  private BareNetty() {}

  /** The port to listen on, 127.0.0.1 only; 0: it picks one. */
  public static void main(String[] arguments) throws InterruptedException {
    boolean epoll = Epoll.isAvailable();
    Channel server =
        bootstrap(epoll)
            .bind(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0]))
            .sync()
            .channel();
    System.out.println(
        "bare netty: http:/" + server.localAddress() + " transport " + (epoll ? "epoll" : "nio"));
    server.closeFuture().sync();
  }

  private static ServerBootstrap bootstrap(boolean epoll) {
    Class<? extends ServerSocketChannel> channel =
        epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
    return new ServerBootstrap()
        .group(loops(epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory()))
        .channel(channel)
        .option(ChannelOption.SO_BACKLOG, BACKLOG)
        .childOption(ChannelOption.TCP_NODELAY, true)
        .childHandler(
            new ChannelInitializer<Channel>() {
              @Override
              protected void initChannel(Channel connection) {
                connection.pipeline().addLast(new HttpServerCodec(), new HelloHandler());
              }
            });
  }

  private static EventLoopGroup loops(IoHandlerFactory handlers) {
    return new MultiThreadIoEventLoopGroup(Runtime.getRuntime().availableProcessors(), handlers);
  }
}
