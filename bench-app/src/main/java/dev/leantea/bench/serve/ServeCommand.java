package dev.leantea.bench.serve;

import dev.leantea.backend.Backend;
import dev.leantea.backend.BackendException;
import dev.leantea.backend.Backends;
import dev.leantea.backend.Readiness;
import dev.leantea.backend.ServerConfig;
import dev.leantea.http.Limits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code serve}: starts the server, says where in one line, drains on SIGTERM. */
@Command(
    name = "serve",
    description = "Serves the example routes.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
public final class ServeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @ArgGroup private @Nullable Choice choice;

  @Option(names = "--host", description = "Address to listen on.", defaultValue = PlainServe.HOST)
  private String host;

  @Option(
      names = "--port",
      description = "Port; 0 picks a free one.",
      defaultValue = PlainServe.PORT)
  private int port;

  @Option(names = "--files", paramLabel = "FOLDER", description = "The folder of /files.")
  private @Nullable Path files;

  @Option(
      names = "--ready-delay",
      paramLabel = "SECONDS",
      description = "On SIGTERM: how long /ready says 503 before connections are closed.",
      defaultValue = "0")
  private double readyDelay;

  @Option(
      names = "--hold-limit",
      paramLabel = "SECONDS",
      description = "How long a handler may hold an event loop before the log says so; 0: never.",
      defaultValue = "1")
  private double holdLimit;

  @Mixin private RouteOptions options;

  @Mixin private LimitOptions limits;

  /** At most one way to name a backend; each wins over the environment. */
  static final class Choice {
    @Option(
        names = "--backend",
        paramLabel = "SPEC",
        description = "NAME[:ARGUMENT...], for example reactor:nio:2, netty, fast:16.")
    @Nullable String backend;

    @Option(names = "--reactor", description = "The same as --backend reactor.")
    boolean reactor;

    @Option(
        names = "--fast",
        paramLabel = "N",
        description = "The same as --backend fast:N: N acceptors.")
    @Nullable Integer fast;

    String spec() {
      if (backend != null) {
        return backend;
      }
      return reactor ? "reactor" : "fast:" + fast;
    }

    String option() {
      if (backend != null) {
        return "--backend " + backend;
      }
      return reactor ? "--reactor" : "--fast " + fast;
    }
  }

  /** Called by picocli, which then fills the fields. */
  @SuppressWarnings("NullAway.Init")
  public ServeCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    var serving = new Serving(backend(), config(), Optional.ofNullable(files), options);
    try {
      serving.run(spec.commandLine().getOut());
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
    return 0;
  }

  Backend backend() {
    if (choice == null) {
      return Backends.fromEnv();
    }
    try {
      return Backends.named(choice.spec(), choice.option());
    } catch (BackendException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private Optional<Readiness> readiness() {
    return readyDelay == 0
        ? Optional.empty()
        : Optional.of(new Readiness(LimitOptions.seconds(readyDelay)));
  }

  ServerConfig config() {
    try {
      Limits asked = limits.limits();
      Duration hold = LimitOptions.seconds(holdLimit);
      ServerConfig plain =
          ServerConfig.of(port).withHost(host).withLimits(asked).withHoldLimit(hold);
      return readiness().map(plain::withReadiness).orElse(plain);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  /** One option for each of {@link Limits}. */
  static final class LimitOptions {
    @Option(names = "--max-request-line", paramLabel = "BYTES", defaultValue = "8192")
    int requestLine;

    @Option(names = "--max-field-section", paramLabel = "BYTES", defaultValue = "32768")
    int fieldSection;

    @Option(names = "--max-fields", paramLabel = "N", defaultValue = "100")
    int fieldCount;

    @Option(names = "--max-body-in-memory", paramLabel = "BYTES", defaultValue = "8388608")
    int bodyInMemory;

    @Option(names = "--head-timeout", paramLabel = "SECONDS", defaultValue = "10")
    double headTimeout;

    @Option(names = "--idle-timeout", paramLabel = "SECONDS", defaultValue = "75")
    double idleTimeout;

    @Option(names = "--stall-timeout", paramLabel = "SECONDS", defaultValue = "30")
    double stallTimeout;

    @Option(names = "--max-connections", paramLabel = "N", defaultValue = "100000")
    int connections;

    @Option(names = "--drain-timeout", paramLabel = "SECONDS", defaultValue = "10")
    double drainTimeout;

    Limits limits() {
      return Limits.builder()
          .requestLine(requestLine)
          .fieldSection(fieldSection)
          .fieldCount(fieldCount)
          .bodyInMemory(bodyInMemory)
          .headTimeout(seconds(headTimeout))
          .idleTimeout(seconds(idleTimeout))
          .stallTimeout(seconds(stallTimeout))
          .connections(connections)
          .drainTimeout(seconds(drainTimeout))
          .build();
    }

    private static Duration seconds(double seconds) {
      return Duration.ofMillis(Math.round(seconds * 1000));
    }
  }
}
