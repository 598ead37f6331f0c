package dev.leantea.tls.openssl;

import dev.leantea.tls.ClientCertificates;
import dev.leantea.tls.certificate.CertificateNames;
import dev.leantea.tls.certificate.TlsSettings;
import dev.leantea.tls.engine.TlsContext;
import dev.leantea.tls.engine.TlsEngine;
import java.lang.foreign.Arena;
import java.net.SocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server's certificates in OpenSSL: an {@code SSL_CTX} for each choice. Any thread.
 *
 * <pre>
 *  new ─▶ held by its owner ─┬─ accept ─▶ … and by each engine
 *                            └─ close, an engine's close: one holder less; the last frees the memory
 * </pre>
 */
final class OpenSslContext implements TlsContext {
  /** For a client that asks for no name. */
  private static final List<Integer> DEFAULT = List.of(0);

  private final Arena arena = Arena.ofShared();
  private final AtomicInteger holders = new AtomicInteger(1);
  private final AtomicBoolean closed = new AtomicBoolean();
  private final Map<List<Integer>, Long> contexts = new HashMap<>();
  private final boolean fast;

  /**
   * Passes certificates and keys to OpenSSL, which must be available: {@link OpenSsl}.
   *
   * @throws OpenSslException when OpenSSL refuses one of them
   */
  OpenSslContext(TlsSettings settings) {
    this.fast = isFast(settings);
    CertificateNames names = settings.names();
    try {
      var extensions =
          new Extensions(name -> context(names.indexes(name)), settings.protocols(), arena);
      for (List<Integer> choice : names.choices()) {
        var identities = choice.stream().map(settings.identities()::get).toList();
        long context = ContextBuilder.build(identities, ClientTrust.of(settings));
        contexts.put(choice, context);
        extensions.applyTo(context);
      }
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  private static boolean isFast(TlsSettings settings) {
    return settings.clientCertificates() == ClientCertificates.OFF
        && settings.identities().stream()
            .allMatch(it -> KeyType.signsFast(it.certificate().getPublicKey()));
  }

  private long context(List<Integer> choice) {
    return Objects.requireNonNull(contexts.get(choice), "an SSL_CTX for each choice");
  }

  @Override
  public TlsEngine accept(SocketAddress peer) {
    if (closed.get() || holders.getAndUpdate(count -> count == 0 ? 0 : count + 1) == 0) {
      throw new IllegalStateException("TLS context: expected an open one, it was closed");
    }
    try {
      return new OpenSslEngine(this, context(DEFAULT));
    } catch (RuntimeException | Error e) {
      release();
      throw e;
    }
  }

  /** Whether the handshakes are short enough for an event loop. */
  boolean isFast() {
    return fast;
  }

  @Override
  public void close() {
    if (!closed.getAndSet(true)) {
      release();
    }
  }

  /** Called once by each engine, when it has freed its {@code SSL}. */
  void release() {
    if (holders.decrementAndGet() == 0) {
      contexts.values().forEach(Libssl::freeContext);
      arena.close();
    }
  }
}
