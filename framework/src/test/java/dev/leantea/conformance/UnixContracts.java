package dev.leantea.conformance;

import org.junit.jupiter.api.Nested;

/** Suites about what is on the wire, over unix domain sockets. */
public abstract class UnixContracts {
  /** What a user would type: {@code reactor:nio}. */
  protected abstract String backend();

  private String overUnix() {
    return backend() + ServerContract.OVER_UNIX;
  }

  @Nested
  final class Bodies extends BodyContract {
    @Override
    protected String backend() {
      return overUnix();
    }
  }

  @Nested
  final class KeepingAlive extends KeepAliveContract {
    @Override
    protected String backend() {
      return overUnix();
    }
  }

  @Nested
  final class WithinLimits extends LimitsContract {
    @Override
    protected String backend() {
      return overUnix();
    }
  }

  @Nested
  final class InTime extends TimeContract {
    @Override
    protected String backend() {
      return overUnix();
    }
  }

  @Nested
  final class Draining extends DrainContract {
    @Override
    protected String backend() {
      return overUnix();
    }
  }

  @Nested
  final class WebSockets extends WebSocketContract {
    @Override
    protected String backend() {
      return overUnix();
    }
  }

  @Nested
  final class Streams extends StreamingContract {
    @Override
    protected String backend() {
      return overUnix();
    }
  }

  @Nested
  final class ServerSentEvents extends SseContract {
    @Override
    protected String backend() {
      return overUnix();
    }
  }

  @Nested
  final class LargeFiles extends FileTransferContract {
    @Override
    protected String backend() {
      return overUnix();
    }
  }

  @Nested
  final class OnTheWire extends WireCaseContract {
    @Override
    protected String backend() {
      return overUnix();
    }
  }

  @Nested
  final class Http2 extends Http2Contract {
    @Override
    protected String backend() {
      return overUnix();
    }
  }
}
