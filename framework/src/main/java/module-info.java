/**
 * LeanTea: what a handler sees, routing, the HTTP/1.1 codec without I/O, and the backend SPI.
 *
 * @uses dev.leantea.backend.BackendProvider the backends on the path
 * @uses dev.leantea.json.JsonMapperProvider the application's JSON mapper
 */
@SuppressWarnings("module") // the backends it exports to are compiled after it
module dev.leantea {
  requires static java.compiler; // for the annotation processor alone, which runs in a compiler
  requires static transitive org.jspecify;
  requires transitive tools.jackson.databind;
  requires static org.apache.commons.fileupload2.core;
  requires static org.apache.commons.io;
  requires static redis.clients.jedis; // for RedisSessionStore and RedisBus alone
  requires static java.sql; // for PostgresBus alone
  requires static org.postgresql.jdbc;
  requires static org.checkerframework.checker.qual; // the annotations of that
  requires static jakarta.validation;
  requires static com.aayushatharva.brotli4j;
  requires static com.github.luben.zstd_jni;
  requires static micrometer.core;
  requires static io.opentelemetry.api;
  requires static io.opentelemetry.context;
  requires static java.net.http; // for dev.leantea.testing alone
  requires java.management; // processor time of event loops
  requires jdk.management; // carriers of the JDK's virtual threads

  exports dev.leantea;
  exports dev.leantea.backend;
  exports dev.leantea.bus;
  exports dev.leantea.files;
  exports dev.leantea.filter;
  exports dev.leantea.forms;
  exports dev.leantea.http;
  exports dev.leantea.json;
  exports dev.leantea.log;
  exports dev.leantea.metrics;
  exports dev.leantea.net;
  exports dev.leantea.routing;
  exports dev.leantea.security;
  exports dev.leantea.session;
  exports dev.leantea.typed;
  exports dev.leantea.sse;
  exports dev.leantea.testing;
  exports dev.leantea.tls;
  exports dev.leantea.tracing;
  exports dev.leantea.validation;
  exports dev.leantea.websocket;
  exports dev.leantea.wire to
      dev.leantea.blocking,
      dev.leantea.netty,
      dev.leantea.reactor;
  exports dev.leantea.exchange to
      dev.leantea.blocking,
      dev.leantea.netty,
      dev.leantea.reactor;
  exports dev.leantea.tls.certificate to
      dev.leantea.blocking,
      dev.leantea.netty,
      dev.leantea.reactor;
  exports dev.leantea.tls.engine to
      dev.leantea.blocking,
      dev.leantea.netty,
      dev.leantea.reactor;
  exports dev.leantea.loop to
      dev.leantea.blocking,
      dev.leantea.netty,
      dev.leantea.reactor;
  exports dev.leantea.server to
      dev.leantea.blocking,
      dev.leantea.netty,
      dev.leantea.reactor;
  exports dev.leantea.http2 to
      dev.leantea.blocking,
      dev.leantea.netty,
      dev.leantea.reactor;
  exports dev.leantea.http1 to
      dev.leantea.blocking,
      dev.leantea.netty,
      dev.leantea.reactor;

  uses dev.leantea.backend.BackendProvider;
  uses dev.leantea.json.JsonMapperProvider;

  provides javax.annotation.processing.Processor with
      dev.leantea.typed.TypedRoutesProcessor;
}
