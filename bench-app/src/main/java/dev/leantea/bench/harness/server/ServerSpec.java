package dev.leantea.bench.harness.server;

import dev.leantea.bench.harness.BenchException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server to be measured, before it is started. */
public sealed interface ServerSpec {
  String NGINX = "nginx";

  String BARE_NETTY = "bare-netty";

  String name();

  /** Whether it takes part in the loads of a route; it may still turn out not to answer. */
  default boolean has(String route) {
    return !route.isEmpty();
  }

  /** A path that the server answers with 200 once it has started. */
  default String probe() {
    return "/health";
  }

  /**
   * The port that load is sent to.
   *
   * @param port that it listens on
   */
  default int loadPort(int port) {
    return port;
  }

  /** Seconds until its first answer, when the user names none. */
  default int startSeconds() {
    return 20;
  }

  /**
   * A backend of LeanTea.
   *
   * @param backend as {@code --backend} takes it
   * @param jar of an older build; empty: this program
   * @param options more options of {@code serve}
   */
  record LeanTea(String name, String backend, Optional<Path> jar, List<String> options)
      implements ServerSpec {
    /** Ends the name of a backend that is served by an older build. */
    public static final String BEFORE = "@before";

    /** The same backend, served by the jar of an older build. */
    public LeanTea before(Path olderJar) {
      return new LeanTea(backend + BEFORE, backend, Optional.of(olderJar), options);
    }

    /** The same, whose TLS is by this engine. */
    public LeanTea withTlsEngine(String engine) {
      return new LeanTea(name + "+" + engine, backend, jar, List.of("--tls-engine", engine));
    }

    /** The same with more options of {@code serve}. */
    public LeanTea with(List<String> more) {
      return new LeanTea(name, backend, jar, more);
    }
  }

  /**
   * nginx with the routes of the bench app.
   *
   * @param upstreamPort where {@code /upstream} is passed on to, which then is its only route; 0:
   *     there is none
   * @param http2Port where it speaks HTTP/2 in clear text, which it cannot beside HTTP/1.1; 0:
   *     nowhere
   */
  record Nginx(String name, int upstreamPort, int http2Port) implements ServerSpec {
    @Override
    public boolean has(String route) {
      return route.equals("/upstream") == upstreamPort > 0;
    }

    @Override
    public int loadPort(int port) {
      return http2Port > 0 ? http2Port : port;
    }
  }

  /** Netty alone with the simplest answer: shows what the backend on top of it costs. */
  record BareNetty(String name) implements ServerSpec {
    @Override
    public boolean has(String route) {
      return route.equals("/health");
    }
  }

  /** Any other server: a shell command that listens on a port of 127.0.0.1. */
  record Peer(String name, int port, String command, String probe) implements ServerSpec {
    private static final Pattern FORM = Pattern.compile("([\\w.+-]+)=(\\d{1,5}):(.+)");

    /** The same, whose command finds variables in its environment. */
    public Peer exporting(String variables, String route) {
      return new Peer(name, port, "export " + variables + "; " + command, route);
    }

    /** Some frameworks need more than 20 s on a slow machine. */
    @Override
    public int startSeconds() {
      return 120;
    }

    public static Peer parse(String text) {
      Matcher form = FORM.matcher(text);
      if (!form.matches()) {
        throw new BenchException("--peer: expected NAME=PORT:COMMAND, got " + text);
      }
      return new Peer(form.group(1), Integer.parseInt(form.group(2)), form.group(3), "/health");
    }
  }

  static ServerSpec named(String name) {
    return switch (name) {
      case NGINX -> new Nginx(name, 0, 0);
      case BARE_NETTY -> new BareNetty(name);
      default -> new LeanTea(name, name, Optional.empty(), List.of());
    };
  }
}
