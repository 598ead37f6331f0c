/** The Netty backend: Netty 4.2 with its native transports. */
module dev.leantea.netty {
  requires transitive dev.leantea;
  requires static org.jspecify;
  requires io.netty.buffer;
  requires io.netty.common;
  requires io.netty.transport;
  requires io.netty.transport.classes.epoll;
  requires io.netty.transport.classes.kqueue;
  requires io.netty.transport.unix.common;

  exports dev.leantea.netty;

  provides dev.leantea.backend.BackendProvider with
      dev.leantea.netty.NettyProvider;
}
