package dev.leantea.conformance;

import org.junit.jupiter.api.Nested;

/**
 * All suites of the contract. A backend's test extends this and names its specification:
 *
 * <pre>{@code
 * final class NettyEpollContractTest extends Contracts {
 *   @Override
 *   protected String backend() {
 *     return "netty:epoll";
 *   }
 * }
 * }</pre>
 */
public abstract class Contracts extends BodyContracts {
  @Nested
  final class Http extends HttpContract {
    @Override
    protected String backend() {
      return Contracts.this.backend();
    }
  }

  @Nested
  final class WithFaults extends FaultContract {
    @Override
    protected String backend() {
      return Contracts.this.backend();
    }
  }

  @Nested
  final class BehindProxies extends ProxyProtocolContract {
    @Override
    protected String backend() {
      return Contracts.this.backend();
    }
  }

  @Nested
  final class Http2 extends Http2Contract {
    @Override
    protected String backend() {
      return Contracts.this.backend();
    }
  }

  @Nested
  final class Http2Refusals extends Http2RefusalContract {
    @Override
    protected String backend() {
      return Contracts.this.backend();
    }
  }

  @Nested
  final class Http2OnTheWire extends Http2WireContract {
    @Override
    protected String backend() {
      return Contracts.this.backend();
    }
  }

  @Nested
  final class InOtherLocales extends LocaleContract {
    @Override
    protected String backend() {
      return Contracts.this.backend();
    }
  }

  @Nested
  final class KeepingAlive extends KeepAliveContract {
    @Override
    protected String backend() {
      return Contracts.this.backend();
    }
  }

  @Nested
  final class WithinLimits extends LimitsContract {
    @Override
    protected String backend() {
      return Contracts.this.backend();
    }
  }

  @Nested
  final class InTime extends TimeContract {
    @Override
    protected String backend() {
      return Contracts.this.backend();
    }
  }

  @Nested
  final class Draining extends DrainContract {
    @Override
    protected String backend() {
      return Contracts.this.backend();
    }
  }

  @Nested
  final class OfExchanges extends ExchangeContract {
    @Override
    protected String backend() {
      return Contracts.this.backend();
    }
  }

  @Nested
  final class ThroughLife extends LifecycleContract {
    @Override
    protected String backend() {
      return Contracts.this.backend();
    }
  }

  @Nested
  final class CutOff extends CutContract {
    @Override
    protected String backend() {
      return Contracts.this.backend();
    }
  }

  @Nested
  final class Exiting extends ExitContract {
    @Override
    protected String backend() {
      return Contracts.this.backend();
    }
  }

  @Nested
  final class Concurrently extends ConcurrencyContract {
    @Override
    protected String backend() {
      return Contracts.this.backend();
    }
  }

  @Nested
  final class InChaos extends ChaosContract {
    @Override
    protected String backend() {
      return Contracts.this.backend();
    }
  }

  @Nested
  final class WebSockets extends WebSocketContract {
    @Override
    protected String backend() {
      return Contracts.this.backend();
    }
  }

  @Nested
  final class Rooms extends RoomContract {
    @Override
    protected String backend() {
      return Contracts.this.backend();
    }
  }

  @Nested
  final class Streams extends StreamingContract {
    @Override
    protected String backend() {
      return Contracts.this.backend();
    }
  }

  @Nested
  final class ServerSentEvents extends SseContract {
    @Override
    protected String backend() {
      return Contracts.this.backend();
    }
  }

  @Nested
  final class FilesOfAFolder extends StaticFilesContract {
    @Override
    protected String backend() {
      return Contracts.this.backend();
    }
  }

  @Nested
  final class LargeFiles extends FileTransferContract {
    @Override
    protected String backend() {
      return Contracts.this.backend();
    }
  }

  @Nested
  final class Compressed extends CompressionContract {
    @Override
    protected String backend() {
      return Contracts.this.backend();
    }
  }

  @Nested
  final class Listening extends ListenContract {
    @Override
    protected String backend() {
      return Contracts.this.backend();
    }
  }

  @Nested
  final class OnUnixSockets extends UnixSocketContract {
    @Override
    protected String backend() {
      return Contracts.this.backend();
    }
  }

  @Nested
  final class OfListeners extends ListenersContract {
    @Override
    protected String backend() {
      return Contracts.this.backend();
    }
  }

  @Nested
  final class Filtered extends FilterContract {
    @Override
    protected String backend() {
      return Contracts.this.backend();
    }
  }

  @Nested
  final class OfWebSecurity extends WebSecurityContract {
    @Override
    protected String backend() {
      return Contracts.this.backend();
    }
  }

  @Nested
  final class OnTheWire extends WireCaseContract {
    @Override
    protected String backend() {
      return Contracts.this.backend();
    }
  }

  @Nested
  final class WithLocks extends LockContract {
    @Override
    protected String backend() {
      return Contracts.this.backend();
    }
  }

  @Nested
  final class OfSockets extends SocketContract {
    @Override
    protected String backend() {
      return Contracts.this.backend();
    }
  }

  @Nested
  final class UsingSockets extends SocketUseContract {
    @Override
    protected String backend() {
      return Contracts.this.backend();
    }
  }

  @Nested
  final class OfThreads extends LoopThreadsContract {
    @Override
    protected String backend() {
      return Contracts.this.backend();
    }
  }

  @Nested
  final class WithoutDescriptors extends DescriptorContract {
    @Override
    protected String backend() {
      return Contracts.this.backend();
    }
  }

  @Nested
  final class UnderHttp2Abuse extends Http2AbuseContract {
    @Override
    protected String backend() {
      return Contracts.this.backend();
    }
  }

  @Nested
  final class WithSlowHttp2Clients extends Http2SlowContract {
    @Override
    protected String backend() {
      return Contracts.this.backend();
    }
  }

  @Nested
  final class OfInput extends ValidationContract {
    @Override
    protected String backend() {
      return Contracts.this.backend();
    }
  }

  @Nested
  final class InTests extends TestServerContract {
    @Override
    protected String backend() {
      return Contracts.this.backend();
    }
  }

  @Nested
  final class InTheAccessLog extends AccessLogContract {
    @Override
    protected String backend() {
      return Contracts.this.backend();
    }
  }

  @Nested
  final class WithLimitsForHandlers extends HandlerLimitContract {
    @Override
    protected String backend() {
      return Contracts.this.backend();
    }
  }

  @Nested
  final class OfASite extends StaticSiteContract {
    @Override
    protected String backend() {
      return Contracts.this.backend();
    }
  }

  @Nested
  final class OutOfMemory extends MemoryContract {
    @Override
    protected String backend() {
      return Contracts.this.backend();
    }
  }
}
