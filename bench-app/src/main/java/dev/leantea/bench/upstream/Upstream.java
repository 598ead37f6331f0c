package dev.leantea.bench.upstream;

import dev.leantea.http.Headers;
import dev.leantea.http.HttpException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.IdleConnectionEvictor;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * Another HTTP server, which handlers ask over connections that are kept open. Every method blocks,
 * in the event loop of the handler where the backend can. Any thread.
 *
 * <p>A handler never waits for a connection: there are as many as requests at the same time, which
 * the server's limit on its own connections bounds. Those that were not used for a minute are
 * closed.
 */
public final class Upstream implements AutoCloseable {
  private static final TimeValue MAX_IDLE = TimeValue.ofMinutes(1);
  private static final TimeValue LOOK_FOR_IDLE = TimeValue.ofSeconds(15);

  private final URI url;
  private final HttpHost host;
  private final PoolingHttpClientConnectionManager connections;
  private final IdleConnectionEvictor evictor;

  /** Follows no redirects, keeps no cookies, asks for no compression: a proxy passes all on. */
  private final CloseableHttpClient client;

  private Upstream(URI url) {
    this.url = url;
    this.host = new HttpHost(url.getScheme(), url.getHost(), url.getPort());
    this.connections = LoopConnections.create(url.getScheme().equals("https"));
    this.client = HttpClients.createMinimal(connections);
    this.evictor = new IdleConnectionEvictor(connections, LOOK_FOR_IDLE, MAX_IDLE);
    evictor.start();
  }

  /**
   * The server at a URL; no connection is made yet.
   *
   * @param url scheme, host, port and, if it has one, a path
   * @throws IllegalArgumentException when it is no such URL
   */
  public static Upstream at(URI url) {
    String scheme = String.valueOf(url.getScheme());
    if ((!scheme.equals("http") && !scheme.equals("https")) || url.getHost() == null) {
      throw new IllegalArgumentException(
          "upstream: expected http://HOST[:PORT][/PATH] or https://HOST[:PORT][/PATH], got " + url);
    }
    return new Upstream(url);
  }

  @Override
  public void close() {
    evictor.shutdown();
    connections.close();
  }

  /**
   * Gets what is at the URL. When a connection that was kept open turns out to be closed, the
   * request is sent once more on a new one.
   *
   * @param fields of the request that is passed on
   * @param timeout until the head of the answer, and between pieces of its body
   * @throws HttpException 502 or 504
   */
  UpstreamAnswer get(Headers fields, Duration timeout) {
    HttpUriRequestBase request = prepared(new HttpGet(url), fields, timeout);
    try {
      return sendOnce(request);
    } catch (IOException e) {
      if (!wasClosed(e)) {
        throw failure(e);
      }
      connections.closeIdle(TimeValue.ZERO_MILLISECONDS); // they are as old as the closed one
      return send(prepared(new HttpGet(url), fields, timeout));
    }
  }

  /**
   * Posts to a path below the URL; never twice.
   *
   * @param fields of the request that is passed on
   * @param timeout until the head of the answer, and between pieces of its body
   * @throws HttpException 502 or 504
   */
  UpstreamAnswer post(String path, Headers fields, byte[] body, Duration timeout) {
    var request = new HttpPost(url.toString().replaceFirst("/$", "") + path);
    request.setEntity(new ByteArrayEntity(body, null));
    return send(prepared(request, fields, timeout));
  }

  private static HttpUriRequestBase prepared(
      HttpUriRequestBase request, Headers fields, Duration timeout) {
    var endToEnd = new EndToEnd(fields.all("Connection"));
    for (Headers.Field field : fields) {
      if (endToEnd.passesOn(field.name())) {
        request.addHeader(field.name(), field.value());
      }
    }
    request.addHeader("Via", EndToEnd.VIA);
    request.setConfig(RequestConfig.custom().setResponseTimeout(Timeout.of(timeout)).build());
    return request;
  }

  private UpstreamAnswer send(HttpUriRequestBase request) {
    try {
      return sendOnce(request);
    } catch (IOException e) {
      throw failure(e);
    }
  }

  private UpstreamAnswer sendOnce(HttpUriRequestBase request) throws IOException {
    return new UpstreamAnswer(request, client.executeOpen(host, request, null));
  }

  /** Whether the connection was closed before an answer came. */
  private static boolean wasClosed(IOException e) {
    boolean neverOpen = e instanceof ConnectException || e instanceof NoRouteToHostException;
    return !neverOpen
        && !Thread.currentThread().isInterrupted() // which closes the connection too
        && (e instanceof NoHttpResponseException || e instanceof SocketException);
  }

  private static HttpException failure(IOException e) {
    boolean late = e instanceof SocketTimeoutException && !(e instanceof ConnectTimeoutException);
    return late
        ? new HttpException(504, "the upstream did not answer in time", e)
        : new HttpException(502, "the upstream is not there, or broke off", e);
  }
}
