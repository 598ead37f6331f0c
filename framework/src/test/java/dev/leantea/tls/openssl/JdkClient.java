package dev.leantea.tls.openssl;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;

/** A client by the JDK's engine, in memory. */
final class JdkClient {
  private final SSLEngine engine;
  private final ByteArrayOutputStream plaintext = new ByteArrayOutputStream();
  private boolean begun;
  private ByteBuffer incoming = ByteBuffer.allocate(0);

  /**
   * @param version of TLS; the only one
   * @param name of the server, which the client asks for
   */
  JdkClient(SSLContext context, String version, String name, String... protocols) {
    engine = context.createSSLEngine(name, 443);
    engine.setUseClientMode(true);
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setProtocols(new String[] {version});
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    parameters.setServerNames(List.of(new SNIHostName(name)));
    parameters.setApplicationProtocols(protocols);
    engine.setSSLParameters(parameters);
  }

  SSLEngine engine() {
    return engine;
  }

  /** Takes what the server sent; returns what is to be sent to it. */
  byte[] receive(byte[] bytes) throws SSLException {
    if (!begun) {
      begun = true;
      engine.beginHandshake();
    }
    incoming = ByteBuffer.allocate(incoming.remaining() + bytes.length).put(incoming).put(bytes);
    incoming.flip();
    var sent = new ByteArrayOutputStream();
    boolean goesOn = true;
    while (goesOn) {
      goesOn =
          switch (engine.getHandshakeStatus()) {
            case NEED_TASK -> runTask();
            case NEED_WRAP -> wrap(new byte[0], sent);
            default -> unwrap();
          };
    }
    return sent.toByteArray();
  }

  private boolean runTask() {
    Runnable task = engine.getDelegatedTask();
    if (task != null) {
      task.run();
    }
    return true;
  }

  private boolean wrap(byte[] bytes, ByteArrayOutputStream sent) throws SSLException {
    ByteBuffer source = ByteBuffer.wrap(bytes);
    ByteBuffer target = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
    SSLEngineResult result;
    do {
      result = engine.wrap(source, target.clear());
      sent.write(target.array(), 0, target.position());
    } while (source.hasRemaining());
    return result.getStatus() == SSLEngineResult.Status.OK;
  }

  private boolean unwrap() throws SSLException {
    ByteBuffer target = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize());
    SSLEngineResult result = engine.unwrap(incoming, target);
    plaintext.write(target.array(), 0, target.position());
    return result.getStatus() == SSLEngineResult.Status.OK
        && (result.bytesConsumed() > 0 || engine.getHandshakeStatus().name().startsWith("NEED_T"));
  }

  byte[] send(byte[] bytes) throws SSLException {
    var sent = new ByteArrayOutputStream();
    wrap(bytes, sent);
    return sent.toByteArray();
  }

  /** Returns the bytes of close_notify. */
  byte[] closeOutput() throws SSLException {
    engine.closeOutbound();
    return send(new byte[0]);
  }

  /** Removes the data that was received. */
  byte[] take() {
    byte[] bytes = plaintext.toByteArray();
    plaintext.reset();
    return bytes;
  }
}
