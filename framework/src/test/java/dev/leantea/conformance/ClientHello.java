package dev.leantea.conformance;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;

/** The first record of a client. */
final class ClientHello {
  private ClientHello() {}

  /** A valid one: TLS 1.3 and 1.2, as the JDK's clients send it. */
  static byte[] bytes() throws GeneralSecurityException, SSLException {
    SSLEngine engine = TestCertificates.trustingAll().createSSLEngine();
    engine.setUseClientMode(true);
    ByteBuffer record = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
    engine.wrap(ByteBuffer.allocate(0), record);
    return Arrays.copyOf(record.array(), record.position());
  }
}
