package dev.leantea.bench.serve;

import dev.leantea.backend.Backend;
import dev.leantea.backend.BackendException;
import dev.leantea.backend.Backends;
import dev.leantea.backend.ServerConfig;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads {@code serve} with no other options than {@code --backend}, {@code --host} and {@code
 * --port} without picocli, which needs 250 ms of CPU time on a cold JVM, and 110 ms with a model
 * that needs no reflection; the rest of the start needs 720 ms. All else, and every error, is left
 * to picocli.
 */
public final class PlainServe {
  static final String HOST = "127.0.0.1";
  static final int PORT = 8080;
  private static final List<String> OPTIONS = List.of("--backend", "--host", "--port");

  private PlainServe() {}

  /** Serves, and returns true when the server has drained; false: the arguments are picocli's. */
  public static boolean run(String... arguments) throws InterruptedException {
    Optional<Serving> plain = read(arguments);
    if (plain.isPresent()) {
      plain.get().run(new PrintWriter(System.out, false, System.out.charset()));
    }
    return plain.isPresent();
  }

  static Optional<Serving> read(String... arguments) {
    Map<String, String> values = new HashMap<>();
    boolean plain = arguments.length % 2 == 1 && arguments[0].equals("serve");
    for (int i = 1; plain && i < arguments.length; i += 2) {
      plain =
          OPTIONS.contains(arguments[i])
              && !arguments[i + 1].startsWith("-")
              && values.put(arguments[i], arguments[i + 1]) == null;
    }
    try {
      return plain ? Optional.of(serving(values)) : Optional.empty();
    } catch (BackendException | IllegalArgumentException e) {
      return Optional.empty(); // picocli comes to the same error, and prints it
    }
  }

  private static Serving serving(Map<String, String> values) {
    String host = values.getOrDefault("--host", HOST);
    int port = values.containsKey("--port") ? Integer.parseInt(values.get("--port")) : PORT;
    ServerConfig config = ServerConfig.builder().host(host).port(port).build();
    String name = values.get("--backend");
    Backend backend = name == null ? Backends.fromEnv() : Backends.named(name, "--backend " + name);
    return new Serving(backend, config, Optional.empty(), new RouteOptions());
  }
}
