package dev.leantea.tls;

/** Whether clients of a TLS server authenticate themselves with a certificate. */
public enum ClientCertificates {
  /** Clients are not asked for a certificate. */
  OFF,

  /**
   * Clients are asked for a certificate and may have none. One that is not trusted fails the
   * handshake.
   */
  OPTIONAL,

  /** The handshake fails without a certificate that is trusted. */
  REQUIRED
}
