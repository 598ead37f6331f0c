package dev.leantea.conformance;

import dev.leantea.tls.Tls;
import org.junit.jupiter.api.Nested;

/**
 * The suites of TLS itself, which run on each backend with each engine; {@link
 * HttpOverTlsContracts} has the others.
 */
public abstract class TlsContracts {
  /** What a user would type: {@code reactor:nio}. */
  protected abstract String backend();

  /** The library that encrypts. */
  protected abstract Tls.Engine engine();

  final String overTls() {
    return backend() + "+" + engine();
  }

  @Nested
  final class WithOtherClients extends TlsClientsContract {
    @Override
    protected String backend() {
      return overTls();
    }
  }

  @Nested
  final class Handshakes extends TlsContract {
    @Override
    protected String backend() {
      return overTls();
    }
  }

  @Nested
  final class Records extends TlsWireContract {
    @Override
    protected String backend() {
      return overTls();
    }
  }

  @Nested
  final class Http2 extends Http2Contract {
    @Override
    protected String backend() {
      return overTls();
    }
  }

  @Nested
  final class UnderLoad extends TlsLoadContract {
    @Override
    protected String backend() {
      return overTls();
    }
  }

  @Nested
  final class BrokenOff extends TlsBreakContract {
    @Override
    protected String backend() {
      return overTls();
    }
  }
}
