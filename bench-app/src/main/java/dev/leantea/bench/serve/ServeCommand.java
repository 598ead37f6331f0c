package dev.leantea.bench.serve;

import dev.leantea.backend.Backend;
import dev.leantea.backend.BackendException;
import dev.leantea.backend.Backends;
import dev.leantea.backend.Listener;
import dev.leantea.backend.Readiness;
import dev.leantea.backend.ServerConfig;
import dev.leantea.bench.database.Database;
import dev.leantea.bench.serve.Surroundings.Part;
import dev.leantea.bench.upstream.Upstream;
import dev.leantea.bench.upstream.UpstreamRoutes;
import dev.leantea.http.Limits;
import dev.leantea.net.Network;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code serve}: starts the server, prints its address in one line, drains on SIGTERM. */
@Command(name = "serve", description = "Serves the example routes.", showDefaultValues = true)
public final class ServeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @ArgGroup private @Nullable Choice choice;

  @Option(names = "--host", description = "Address to listen on.")
  private String host = Serving.HOST;

  @Option(names = "--port", description = "Port; 0 chooses a free one.")
  private int port = Serving.PORT;

  @Option(
      names = "--unix",
      paramLabel = "PATH",
      description = "Listens on a unix domain socket as well.")
  private List<Path> unix = List.of();

  @Option(names = "--files", paramLabel = "FOLDER", description = "The folder of /files.")
  private @Nullable Path files;

  @Option(
      names = "--ready-delay",
      paramLabel = "SECONDS",
      description = "On SIGTERM: how long /ready answers 503 before connections are closed.")
  private double readyDelay;

  @Option(
      names = "--hold-limit",
      paramLabel = "SECONDS",
      description = "How long a handler may hold an event loop before that is logged; 0: never.")
  private double holdLimit = 1;

  @Option(
      names = "--upstream",
      paramLabel = "URL",
      description =
          "Another server, for example http://127.0.0.1:9000. Adds GET "
              + UpstreamRoutes.GET_PATH
              + ", which asks this URL, and POST "
              + UpstreamRoutes.POST_PATH
              + ", which goes to that path of it.")
  private @Nullable URI upstream;

  @Option(
      names = "--dashboard",
      description = "Counts requests and latency, and shows them live at /. Costs a little.")
  private boolean dashboard;

  @Option(
      names = "--with",
      paramLabel = "PART",
      split = ",",
      description =
          "Puts parts of an application around all routes, to measure what they cost:"
              + " ${COMPLETION-CANDIDATES}.")
  private List<Part> with = List.of();

  @Option(
      names = "--access-log",
      paramLabel = "FILE",
      description = "Where --with log writes, in the combined format.")
  private Path accessLog = Path.of("access.log");

  @Option(
      names = "--database",
      paramLabel = "URL",
      description =
          "Adds /db, /queries, /updates and /fortunes of the TechEmpower benchmarks, for example"
              + " jdbc:postgresql://127.0.0.1/hello_world?user=me.")
  private @Nullable String database;

  @Option(names = "--database-pool", paramLabel = "N", description = "Connections to the database.")
  private int databasePool = 16;

  @Option(
      names = "--proxy-protocol",
      paramLabel = "NETWORK",
      split = ",",
      converter = NetworkConverter.class,
      description =
          "Load balancers that speak the PROXY protocol, for example 10.0.0.0/8: connections from"
              + " there must begin with its header.")
  private List<Network> proxies = List.of();

  @Mixin private TlsOptions tls = new TlsOptions();

  @Mixin private LimitOptions limits = new LimitOptions();

  /** At most one way to name a backend; each takes precedence over the environment. */
  static final class Choice {
    @Option(
        names = "--backend",
        paramLabel = "SPEC",
        description = "NAME[:ARGUMENT...], for example reactor:nio:2, netty, fast:16.")
    private @Nullable String backend;

    @Option(names = "--reactor", description = "The same as --backend reactor.")
    private boolean reactor;

    @Option(names = "--fast", description = "The same as --backend fast:N: N acceptors.")
    private int fast;

    Backend backend() {
      if (backend != null) {
        return Backends.named(backend, "--backend " + backend);
      }
      return reactor
          ? Backends.named("reactor", "--reactor")
          : Backends.named("fast:" + fast, "--fast " + fast);
    }
  }

  @Override
  public Integer call() throws InterruptedException {
    try {
      serving().run(spec.commandLine().getOut());
      return 0;
    } catch (IllegalArgumentException | BackendException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  Serving serving() {
    ServerConfig.Builder config =
        ServerConfig.builder()
            .host(host)
            .port(port)
            .limits(limits.limits())
            .tls(tls.tls())
            .proxyProtocol(proxies)
            .holdLimit(seconds(holdLimit));
    if (readyDelay != 0) {
      config.readiness(Optional.of(new Readiness(seconds(readyDelay))));
    }
    unix.forEach(path -> config.listener(Listener.unix(path)));
    Backend backend = choice == null ? Backends.fromEnv() : choice.backend();
    return new Serving(backend, config.build(), additions());
  }

  private Additions additions() {
    return new Additions(
        Optional.ofNullable(files),
        Optional.ofNullable(upstream).map(Upstream::at),
        dashboard ? Optional.of(new Dashboard()) : Optional.empty(),
        Optional.ofNullable(database).map(url -> Database.open(url, databasePool)),
        with.isEmpty() ? Optional.empty() : Optional.of(new Surroundings(with, accessLog)));
  }

  static final class NetworkConverter implements ITypeConverter<Network> {
    @Override
    public Network convert(String text) {
      try {
        return Network.of(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }

  private static Duration seconds(double seconds) {
    return Duration.ofMillis(Math.round(seconds * 1000));
  }

  private static double seconds(Duration time) {
    return time.toMillis() / 1000.0;
  }

  /** One option for each of {@link Limits}. */
  static final class LimitOptions {
    @Option(names = "--max-request-line", paramLabel = "BYTES")
    private int requestLine = Limits.DEFAULTS.requestLine();

    @Option(names = "--max-field-section", paramLabel = "BYTES")
    private int fieldSection = Limits.DEFAULTS.fieldSection();

    @Option(names = "--max-fields", paramLabel = "N")
    private int fieldCount = Limits.DEFAULTS.fieldCount();

    @Option(names = "--max-body-in-memory", paramLabel = "BYTES")
    private int bodyInMemory = Limits.DEFAULTS.bodyInMemory();

    @Option(names = "--max-bodies-in-memory", paramLabel = "BYTES")
    private long bodiesInMemory = Limits.DEFAULTS.bodiesInMemory();

    @Option(names = "--head-timeout", paramLabel = "SECONDS")
    private double headTimeout = seconds(Limits.DEFAULTS.headTimeout());

    @Option(names = "--idle-timeout", paramLabel = "SECONDS")
    private double idleTimeout = seconds(Limits.DEFAULTS.idleTimeout());

    @Option(names = "--stall-timeout", paramLabel = "SECONDS")
    private double stallTimeout = seconds(Limits.DEFAULTS.stallTimeout());

    @Option(names = "--max-connections", paramLabel = "N")
    private int connections = Limits.DEFAULTS.connections();

    @Option(names = "--handshake-timeout", paramLabel = "SECONDS")
    private double handshakeTimeout = seconds(Limits.DEFAULTS.handshakeTimeout());

    @Option(names = "--max-handshakes", paramLabel = "N")
    private int handshakes = Limits.DEFAULTS.handshakes();

    @Option(names = "--drain-timeout", paramLabel = "SECONDS")
    private double drainTimeout = seconds(Limits.DEFAULTS.drainTimeout());

    Limits limits() {
      return Limits.builder()
          .requestLine(requestLine)
          .fieldSection(fieldSection)
          .fieldCount(fieldCount)
          .bodyInMemory(bodyInMemory)
          .bodiesInMemory(bodiesInMemory)
          .headTimeout(seconds(headTimeout))
          .idleTimeout(seconds(idleTimeout))
          .stallTimeout(seconds(stallTimeout))
          .connections(connections)
          .handshakeTimeout(seconds(handshakeTimeout))
          .handshakes(handshakes)
          .drainTimeout(seconds(drainTimeout))
          .build();
    }
  }
}
