package dev.leantea.tls.openssl;

import dev.leantea.tls.ClientCertificates;
import dev.leantea.tls.certificate.TlsSettings;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * Whether clients show certificates, and which are accepted.
 *
 * @param trusted ends of chains: authorities, or single certificates
 */
record ClientTrust(ClientCertificates policy, List<X509Certificate> trusted) {
  static ClientTrust of(TlsSettings settings) {
    return new ClientTrust(settings.clientCertificates(), settings.trusted());
  }

  void applyTo(long context) {
    Libssl.setVerify(context, mode());
    if (policy == ClientCertificates.OFF) {
      return;
    }
    long store = Libssl.trustStore(context);
    Libcrypto.setVerifyFlags(Libssl.verifyParam(context), Abi.X509_V_FLAG_PARTIAL_CHAIN);
    for (X509Certificate it : trusted) {
      ContextBuilder.with(
          it,
          pointer ->
              Libcrypto.trust(store, pointer) && Libssl.addClientAuthority(context, pointer));
    }
  }

  private int mode() {
    return switch (policy) {
      case OFF -> Abi.VERIFY_NONE;
      case OPTIONAL -> Abi.VERIFY_PEER;
      case REQUIRED -> Abi.VERIFY_PEER | Abi.VERIFY_FAIL_IF_NO_PEER_CERT;
    };
  }
}
