package dev.leantea.conformance;

import org.junit.jupiter.api.Nested;

/**
 * The suites about what is on the wire, over TLS, and those of TLS itself. They run on each backend
 * with one of the engines, for what a backend does does not depend on the engine.
 */
public abstract class HttpOverTlsContracts extends TlsContracts {
  @Nested
  final class Http extends HttpContract {
    @Override
    protected String backend() {
      return overTls();
    }
  }

  @Nested
  final class Bodies extends BodyContract {
    @Override
    protected String backend() {
      return overTls();
    }
  }

  @Nested
  final class KeepingAlive extends KeepAliveContract {
    @Override
    protected String backend() {
      return overTls();
    }
  }

  @Nested
  final class WithinLimits extends LimitsContract {
    @Override
    protected String backend() {
      return overTls();
    }
  }

  @Nested
  final class InTime extends TimeContract {
    @Override
    protected String backend() {
      return overTls();
    }
  }

  @Nested
  final class Draining extends DrainContract {
    @Override
    protected String backend() {
      return overTls();
    }
  }

  @Nested
  final class OfExchanges extends ExchangeContract {
    @Override
    protected String backend() {
      return overTls();
    }
  }

  @Nested
  final class CutOff extends CutContract {
    @Override
    protected String backend() {
      return overTls();
    }
  }

  @Nested
  final class Concurrently extends ConcurrencyContract {
    @Override
    protected String backend() {
      return overTls();
    }
  }

  @Nested
  final class WebSockets extends WebSocketContract {
    @Override
    protected String backend() {
      return overTls();
    }
  }

  @Nested
  final class Streams extends StreamingContract {
    @Override
    protected String backend() {
      return overTls();
    }
  }

  @Nested
  final class ServerSentEvents extends SseContract {
    @Override
    protected String backend() {
      return overTls();
    }
  }

  @Nested
  final class LargeFiles extends FileTransferContract {
    @Override
    protected String backend() {
      return overTls();
    }
  }

  @Nested
  final class OnTheWire extends WireCaseContract {
    @Override
    protected String backend() {
      return overTls();
    }
  }

  @Nested
  final class Http2OnTheWire extends Http2WireContract {
    @Override
    protected String backend() {
      return overTls();
    }
  }

  @Nested
  final class Http2Refusals extends Http2RefusalContract {
    @Override
    protected String backend() {
      return overTls();
    }
  }

  @Nested
  final class UnderHttp2Abuse extends Http2AbuseContract {
    @Override
    protected String backend() {
      return overTls();
    }
  }

  @Nested
  final class WithSlowHttp2Clients extends Http2SlowContract {
    @Override
    protected String backend() {
      return overTls();
    }
  }
}
