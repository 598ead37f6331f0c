package dev.leantea.bench.upstream;

import dev.leantea.net.LoopSocketFactory;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.DefaultSchemePortResolver;
import org.apache.hc.client5.http.impl.io.DefaultHttpClientConnectionOperator;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.config.Lookup;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.pool.PoolReusePolicy;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * Connections of Apache HttpClient over sockets that wait in the event loop of the handler that
 * uses them.
 */
final class LoopConnections {
  private static final Timeout CONNECT_TIMEOUT = Timeout.ofSeconds(5);

  /**
   * A connection that was unused for this long is tested before its next use, which waits for a
   * millisecond; one that is in constant use is not.
   */
  private static final TimeValue MAX_UNTESTED = TimeValue.ofSeconds(2);

  /** What an upstream may send; a head of usual size is read at once. */
  private static final Http1Config HTTP =
      Http1Config.custom()
          .setBufferSize(8 * 1024)
          .setMaxLineLength(64 * 1024)
          .setMaxHeaderCount(1000)
          .build();

  private LoopConnections() {}

  /**
   * A pool without a maximum: nobody waits for a connection, and taking one takes no lock. The one
   * used last is used first, so that those which a peak has left grow old.
   */
  static PoolingHttpClientConnectionManager create(boolean tls) {
    var sockets = new LoopSocketFactory();
    var operator =
        new DefaultHttpClientConnectionOperator(
            _ -> sockets.createSocket(),
            DefaultSchemePortResolver.INSTANCE,
            new NamesBesideTheLoop(),
            tls ? tls() : _ -> null);
    var pool =
        new PoolingHttpClientConnectionManager(
            operator,
            PoolConcurrencyPolicy.LAX,
            PoolReusePolicy.LIFO,
            TimeValue.NEG_ONE_MILLISECOND,
            ManagedHttpClientConnectionFactory.builder().http1Config(HTTP).build());
    pool.setDefaultMaxPerRoute(Integer.MAX_VALUE);
    pool.setDefaultConnectionConfig(
        ConnectionConfig.custom()
            .setConnectTimeout(CONNECT_TIMEOUT)
            .setValidateAfterInactivity(MAX_UNTESTED)
            .build());
    return pool;
  }

  private static Lookup<TlsSocketStrategy> tls() {
    TlsSocketStrategy strategy = DefaultClientTlsStrategy.createDefault();
    return _ -> strategy;
  }

  /** Looks names up on threads of the JDK's: the system may take seconds for it. */
  private static final class NamesBesideTheLoop implements DnsResolver {
    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
      var lookUp = new FutureTask<>(() -> InetAddress.getAllByName(host));
      Thread.ofVirtual().start(lookUp);
      try {
        return lookUp.get();
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        throw new UnknownHostException(host + ": interrupted");
      } catch (ExecutionException e) {
        var unknown = new UnknownHostException(host);
        unknown.initCause(e.getCause());
        throw unknown;
      }
    }

    @Override
    public String resolveCanonicalHostname(String host) {
      return host;
    }
  }
}
