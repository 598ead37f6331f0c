package dev.leantea.tls.openssl;

import dev.leantea.tls.engine.Plaintext;
import dev.leantea.tls.engine.TlsEngine;
import dev.leantea.tls.engine.TlsException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLException;

/** A client and a server's engine, connected in memory. */
final class Link {
  final JdkClient client;
  final TlsEngine server;
  final MemoryWire wire = new MemoryWire();
  private final ByteArrayOutputStream plaintext = new ByteArrayOutputStream();
  private final Plaintext receiver = (bytes, from, to) -> plaintext.write(bytes, from, to - from);

  Link(JdkClient client, TlsEngine server) {
    this.client = client;
    this.server = server;
  }

  /** Passes bytes on until both sides have nothing to say. */
  Link connect() throws SSLException, TlsException {
    toServer(client.receive(new byte[0]));
    return this;
  }

  void toServer(byte[] bytes) throws SSLException, TlsException {
    byte[] next = bytes;
    while (next.length > 0) {
      receive(next, 0, next.length);
      next = client.receive(wire.take());
    }
  }

  /** The server's engine receives bytes, and does its task at once. */
  void receive(byte[] bytes, int from, int to) throws TlsException {
    server.receive(bytes, from, to, wire, receiver);
    runTask();
  }

  void runTask() throws TlsException {
    for (Runnable task = server.takeTask(); task != null; task = server.takeTask()) {
      task.run();
      server.resume(wire, receiver);
    }
  }

  /** Sends to the client. */
  void send(byte[] bytes) throws SSLException, TlsException {
    server.send(ByteBuffer.wrap(bytes), wire);
    toServer(client.receive(wire.take()));
  }

  /** Removes the data that the server has received. */
  byte[] take() {
    byte[] bytes = plaintext.toByteArray();
    plaintext.reset();
    return bytes;
  }
}
