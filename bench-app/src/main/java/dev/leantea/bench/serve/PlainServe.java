package dev.leantea.bench.serve;

import dev.leantea.backend.Backend;
import dev.leantea.backend.BackendException;
import dev.leantea.backend.Backends;
import dev.leantea.backend.ServerConfig;
import java.io.PrintWriter;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code serve} with no other options than {@code --backend}, {@code --host} and {@code --port},
 * each with its value as the next argument: started without picocli, which takes a cold JVM as long
 * as all the rest of the start.
 *
 * <p>Anything else is left to picocli, and so is every complaint.
 */
public final class PlainServe {
  static final String HOST = "127.0.0.1";
  static final String PORT = "8080";

  private @Nullable String backend;
  private String host = HOST;
  private String port = PORT;
  private final Set<String> taken = new HashSet<>();

  private PlainServe() {}

  /**
   * Serves, and returns when the server has drained.
   *
   * @return false, and nothing was done, when the arguments are for picocli
   */
  public static boolean run(String... arguments) throws InterruptedException {
    Optional<Serving> plain = read(arguments);
    if (plain.isEmpty()) {
      return false;
    }
    plain.get().run(new PrintWriter(System.out, false, System.out.charset()));
    return true;
  }

  static Optional<Serving> read(String... arguments) {
    var plain = new PlainServe();
    try {
      return plain.take(arguments) ? Optional.of(plain.serving()) : Optional.empty();
    } catch (BackendException | IllegalArgumentException e) {
      return Optional.empty(); // picocli comes to the same, and says so
    }
  }

  private boolean take(String... arguments) {
    if (arguments.length % 2 == 0 || !arguments[0].equals("serve")) {
      return false;
    }
    for (int i = 1; i < arguments.length; i += 2) {
      if (!take(arguments[i], arguments[i + 1])) {
        return false;
      }
    }
    return true;
  }

  /** At most once each, as picocli has it. */
  private boolean take(String option, String value) {
    if (!taken.add(option)) {
      return false;
    }
    switch (option) {
      case "--backend" -> backend = value;
      case "--host" -> host = value;
      case "--port" -> port = value;
      default -> {
        return false;
      }
    }
    return !value.startsWith("-");
  }

  /** The backend comes last: from the environment it may warn, which must not come twice. */
  private Serving serving() {
    ServerConfig config = ServerConfig.of(Integer.parseInt(port)).withHost(host);
    return new Serving(backend(), config, Optional.empty(), new RouteOptions());
  }

  private Backend backend() {
    return backend == null ? Backends.fromEnv() : Backends.named(backend, "--backend " + backend);
  }
}
