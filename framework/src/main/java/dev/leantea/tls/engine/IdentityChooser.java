package dev.leantea.tls.engine;

import dev.leantea.tls.certificate.CertificateNames;
import dev.leantea.tls.certificate.Identity;
import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.IntStream;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Chooses a certificate by the name that the client asks for (SNI, RFC 6066 §3) and the kinds of
 * keys that it accepts. An alias is the number of an identity. Any thread.
 */
@SuppressWarnings("NullAway") // the JDK's interface prescribes null for none
final class IdentityChooser extends X509ExtendedKeyManager {
  private final List<Identity> identities;
  private final CertificateNames names;

  IdentityChooser(List<Identity> identities, CertificateNames names) {
    this.identities = identities;
    this.names = names;
  }

  /** The JDK asks for one kind of key after the other. */
  @Override
  public @Nullable String chooseEngineServerAlias(
      String keyType, Principal @Nullable [] issuers, SSLEngine engine) {
    SSLSession session = engine.getHandshakeSession();
    List<Integer> candidates =
        session == null
            ? names.defaults()
            : JdkSessions.serverName(session).map(names::indexes).orElseGet(names::defaults);
    return candidates.stream()
        .filter(i -> identities.get(i).key().getAlgorithm().equals(keyType))
        .findFirst()
        .map(String::valueOf)
        .orElse(null);
  }

  @Override
  public X509Certificate[] getCertificateChain(String alias) {
    return identity(alias).chain().toArray(X509Certificate[]::new);
  }

  @Override
  public PrivateKey getPrivateKey(String alias) {
    return identity(alias).key();
  }

  private Identity identity(String alias) {
    return identities.get(Integer.parseInt(alias));
  }

  @Override
  public String[] getServerAliases(String keyType, Principal[] issuers) {
    return IntStream.range(0, identities.size())
        .filter(i -> identities.get(i).key().getAlgorithm().equals(keyType))
        .mapToObj(String::valueOf)
        .toArray(String[]::new);
  }

  @Override
  public @Nullable String chooseServerAlias(
      String keyType, Principal @Nullable [] issuers, Socket socket) {
    return null; // engines alone
  }

  @Override
  public String[] getClientAliases(String keyType, Principal[] issuers) {
    return new String[0];
  }

  @Override
  public @Nullable String chooseClientAlias(
      String[] keyType, Principal @Nullable [] issuers, Socket socket) {
    return null; // servers alone
  }
}
