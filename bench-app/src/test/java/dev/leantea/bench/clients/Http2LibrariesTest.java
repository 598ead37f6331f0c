package dev.leantea.bench.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.apache.hc.client5.http.async.methods.SimpleHttpResponse;
import org.apache.hc.client5.http.async.methods.SimpleRequestBuilder;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.core5.http.ContentType;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Libraries of Java that speak HTTP/2, against every backend. */
@Timeout(120)
final class Http2LibrariesTest {
  /** The JDK's client refuses more at the same time than the server allows. */
  private static final int REQUESTS = 90;

  /** Trusts every certificate: that of the server is made anew each time. */
  private static final class TrustAll extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, java.net.Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, java.net.Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }

  private static HttpClient client() throws GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new TrustAll()}, null);
    return HttpClient.newBuilder().sslContext(context).build();
  }

  private static byte[] random(int bytes) {
    byte[] content = new byte[bytes];
    new Random(1).nextBytes(content);
    return content;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {Http2Server.URING, Http2Server.NIO, Http2Server.NETTY, Http2Server.BLOCKING})
  void jdk_manyAtTheSameTime_overTls(String backend) throws Exception {
    try (Http2Server server = Http2Server.tls(backend);
        HttpClient client = client()) {
      var first = HttpRequest.newBuilder(URI.create(server.url("/version"))).build();
      assertThat(client.send(first, BodyHandlers.ofString()).version())
          .isEqualTo(HttpClient.Version.HTTP_2); // the others share its connection
      var pending = new ArrayList<CompletableFuture<HttpResponse<byte[]>>>();
      for (int i = 0; i < REQUESTS; i++) {
        var request =
            HttpRequest.newBuilder(URI.create(server.url("/echo")))
                .POST(BodyPublishers.ofByteArray(random(i * 100)))
                .build();
        pending.add(client.sendAsync(request, BodyHandlers.ofByteArray()));
      }
      for (int i = 0; i < REQUESTS; i++) {
        HttpResponse<byte[]> response = pending.get(i).get(60, TimeUnit.SECONDS);
        assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_2);
        assertThat(response.body()).isEqualTo(random(i * 100));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {Http2Server.URING, Http2Server.NIO, Http2Server.NETTY, Http2Server.BLOCKING})
  void apache_manyAtTheSameTime_inClearText(String backend) throws Exception {
    try (Http2Server server = Http2Server.plain(backend);
        CloseableHttpAsyncClient client = HttpAsyncClients.createHttp2Default()) {
      client.start();
      var pending = new ArrayList<Future<SimpleHttpResponse>>();
      for (int i = 0; i < REQUESTS; i++) {
        var request =
            SimpleRequestBuilder.post(server.url("/echo"))
                .setBody(random(i * 100), ContentType.APPLICATION_OCTET_STREAM)
                .build();
        pending.add(client.execute(request, null));
      }
      List<byte[]> bodies = new ArrayList<>();
      for (Future<SimpleHttpResponse> response : pending) {
        bodies.add(response.get(60, TimeUnit.SECONDS).getBodyBytes());
      }
      for (int i = 1; i < REQUESTS; i++) {
        assertThat(bodies.get(i)).isEqualTo(random(i * 100));
      }
    }
  }
}
