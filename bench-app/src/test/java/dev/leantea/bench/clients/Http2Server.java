package dev.leantea.bench.clients;

import dev.leantea.backend.Backends;
import dev.leantea.backend.Server;
import dev.leantea.backend.ServerConfig;
import dev.leantea.http.Handler;
import dev.leantea.http.MediaType;
import dev.leantea.http.Request;
import dev.leantea.http.Response;
import dev.leantea.routing.Router;
import dev.leantea.tls.Tls;

/** A server for clients of HTTP/2, whose answers name the protocol of the request. */
record Http2Server(Server server, String origin) implements AutoCloseable {
  /** As JUnit's sources of arguments take them. */
  static final String URING = "reactor:io_uring";

  static final String NIO = "reactor:nio";
  static final String NETTY = "netty";
  static final String BLOCKING = "blocking";

  static Http2Server plain(String backend) {
    return start(ServerConfig.of(0), backend, "http://127.0.0.1:");
  }

  static Http2Server tls(String backend) {
    return start(ServerConfig.of(0).withTls(Tls.selfSigned()), backend, "https://127.0.0.1:");
  }

  private static Http2Server start(ServerConfig config, String backend, String prefix) {
    Server server = Backends.named(backend).serve(config.withHost("127.0.0.1"), routes());
    return new Http2Server(server, prefix + server.port());
  }

  private static Handler routes() {
    return Router.builder()
        .get("/version", Handler.nonBlocking(Http2Server::version))
        .get("/blocking", Http2Server::version)
        .post("/echo", request -> Response.bytes(200, MediaType.OCTET_STREAM, request.bytes()))
        .get("/bytes/{count}", Http2Server::bytes)
        .get("/stream/{count}", Http2Server::stream)
        .build();
  }

  private static Response version(Request request) {
    return Response.text(200, request.version().toString());
  }

  private static Response bytes(Request request) {
    return Response.bytes(200, MediaType.OCTET_STREAM, new byte[count(request)]);
  }

  private static Response stream(Request request) {
    byte[] block = new byte[count(request) / 100];
    return Response.stream(
        200,
        MediaType.OCTET_STREAM,
        out -> {
          for (int i = 0; i < 100; i++) {
            out.write(block);
          }
        });
  }

  private static int count(Request request) {
    return Integer.parseInt(request.path("count"));
  }

  String url(String path) {
    return origin + path;
  }

  @Override
  public void close() {
    server.close();
  }
}
