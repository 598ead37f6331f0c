package dev.leantea.bench.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leantea.backend.Server;
import dev.leantea.bench.clients.Requests.Answer;
import dev.leantea.conformance.WireClient;
import dev.leantea.http.Handler;
import dev.leantea.http.MediaType;
import dev.leantea.http.Response;
import dev.leantea.net.LoopSocketFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.DefaultSchemePortResolver;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.DefaultHttpClientConnectionOperator;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.pool.PoolReusePolicy;
import org.apache.hc.core5.util.TimeValue;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Apache HttpClient 5 over loop sockets, in handlers of every backend, before another server. */
@Timeout(120)
final class ApacheClientTest {
  private static CloseableHttpClient client() {
    var sockets = new LoopSocketFactory();
    var operator =
        new DefaultHttpClientConnectionOperator(
            _ -> sockets.createSocket(),
            DefaultSchemePortResolver.INSTANCE,
            SystemDefaultDnsResolver.INSTANCE,
            _ -> null);
    var connections =
        new PoolingHttpClientConnectionManager(
            operator,
            PoolConcurrencyPolicy.STRICT,
            PoolReusePolicy.LIFO,
            TimeValue.NEG_ONE_MILLISECOND,
            ManagedHttpClientConnectionFactory.INSTANCE);
    connections.setMaxTotal(8);
    connections.setDefaultMaxPerRoute(8);
    return HttpClients.custom().setConnectionManager(connections).build();
  }

  private static byte[] post(CloseableHttpClient client, Server upstream, byte[] body)
      throws IOException {
    var request = new HttpPost("http://127.0.0.1:" + upstream.port() + "/");
    request.setEntity(new ByteArrayEntity(body, null));
    return client.execute(request, response -> EntityUtils.toByteArray(response.getEntity()));
  }

  private static Server upstream() {
    return Requests.serve(
        "blocking", request -> Response.bytes(200, MediaType.OCTET_STREAM, request.bytes()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"reactor:io_uring:2", "reactor:nio:2", "netty:2", "blocking"})
  void requests_ofManyHandlers_areAnsweredEachWithItsOwn(String backend) throws Exception {
    try (Server upstream = upstream();
        CloseableHttpClient client = client()) {
      Handler handler =
          request -> {
            byte[] path = request.path().getBytes(StandardCharsets.UTF_8);
            return Response.bytes(200, MediaType.OCTET_STREAM, post(client, upstream, path));
          };
      try (Server server = Requests.serve(backend, handler)) {
        assertThat(Requests.ask(server, 32, 20)).hasSize(640).allMatch(Answer::isOwn);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"reactor:io_uring", "reactor:nio", "netty", "blocking"})
  void bodyOfManyBytes_goesAndComesBackWhole(String backend) throws Exception {
    byte[] body = new byte[900_000];
    new Random(1).nextBytes(body);
    try (Server upstream = upstream();
        CloseableHttpClient client = client();
        Server server =
            Requests.serve(
                backend,
                _ -> Response.bytes(200, MediaType.OCTET_STREAM, post(client, upstream, body)));
        var asking = new WireClient(server.port())) {
      assertThat(asking.get("/").read().body()).isEqualTo(body);
    }
  }
}
