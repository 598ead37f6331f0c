package dev.leantea.tls.openssl;

import dev.leantea.tls.ClientCertificates;
import dev.leantea.tls.certificate.Identity;
import dev.leantea.tls.certificate.TlsSettings;
import dev.leantea.tls.engine.TlsContext;
import dev.leantea.tls.engine.TlsEngine;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLContext;

/** A server's context, and clients that trust it. */
final class TestServer implements AutoCloseable {
  private static final InetSocketAddress PEER = InetSocketAddress.createUnresolved("client", 1);

  private final TlsContext context;
  private final SSLContext clients;

  private TestServer(TlsContext context, SSLContext clients) {
    this.context = context;
    this.clients = clients;
  }

  static TestServer of(Identity... identities) throws GeneralSecurityException, IOException {
    return of(List.of(identities), ClientCertificates.OFF, List.of(), List.of());
  }

  /**
   * @param shown what clients show: none or one
   */
  static TestServer asking(
      Identity identity, ClientCertificates policy, Identity trusted, Identity... shown)
      throws GeneralSecurityException, IOException {
    var trust = List.of(trusted.chain().getLast());
    return of(List.of(identity), policy, trust, List.of(shown));
  }

  private static TestServer of(
      List<Identity> identities,
      ClientCertificates policy,
      List<X509Certificate> trusted,
      List<Identity> shown)
      throws GeneralSecurityException, IOException {
    var settings = TlsSettings.of(identities, policy, trusted, List.of("h2", "http/1.1"));
    return new TestServer(OpenSsl.context(settings), TestKeys.client(identities, shown));
  }

  TlsEngine accept() {
    return context.accept(PEER);
  }

  /** A client that asks for localhost. */
  Link link(TlsEngine engine, String version, String... protocols) throws IOException {
    return linkTo("localhost", engine, version, protocols);
  }

  Link linkTo(String name, TlsEngine engine, String version, String... protocols)
      throws IOException {
    return new Link(new JdkClient(clients, version, name, protocols), engine);
  }

  @Override
  public void close() {
    context.close();
  }
}
