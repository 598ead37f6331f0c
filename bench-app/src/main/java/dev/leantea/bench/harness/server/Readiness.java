package dev.leantea.bench.harness.server;

import dev.leantea.bench.harness.BenchException;
import java.io.IOException;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Waits for a server's first answer. */
public final class Readiness {
  private static final Pattern ADDRESS = Pattern.compile("http://[^\\s/]+:(\\d+)");
  private static final long POLL_MILLIS = 1;

  private Readiness() {}

  /**
   * Returns the port when {@code GET /health} was answered with 200.
   *
   * @throws BenchException when the server ends or does not answer in time
   */
  static int await(RunningServer server, int patienceSeconds) throws BenchException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(patienceSeconds);
    String last = "no line with its address";
    while (System.nanoTime() < deadline) {
      server.requireAlive();
      OptionalInt port = port(server);
      if (port.isPresent()) {
        last = attempt(port.getAsInt(), "/health");
        if (last.isEmpty()) {
          server.requireAlive(); // else another server holds the port, and answered
          return port.getAsInt();
        }
      }
      pause();
    }
    throw new BenchException(unanswered(server, patienceSeconds, last));
  }

  private static String unanswered(RunningServer server, int patienceSeconds, String last) {
    String place = server.port() == 0 ? "" : " on port " + server.port();
    return "expected 200 from /health"
        + place
        + " within "
        + patienceSeconds
        + " s, got: "
        + last
        + said(server.output());
  }

  /** The fixed port, or the one in the line that the server printed. */
  private static OptionalInt port(RunningServer server) {
    if (server.port() != 0) {
      return OptionalInt.of(server.port());
    }
    Matcher address = ADDRESS.matcher(server.output());
    return address.find()
        ? OptionalInt.of(Integer.parseInt(address.group(1)))
        : OptionalInt.empty();
  }

  /** Empty when the server answered with 200, else what it did. */
  static String attempt(int port, String target) {
    try {
      int status = HttpProbe.status(port, target);
      return status == 200 ? "" : "status " + status;
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    }
  }

  /** The line in which a server told its address. */
  static String announcement(String output) {
    return output.lines().filter(ADDRESS.asPredicate()).findFirst().orElse("");
  }

  /** The last line of some output, as the end of a message. */
  public static String said(String output) {
    return output
        .lines()
        .filter(line -> !line.isBlank())
        .reduce((first, second) -> second)
        .map(line -> "; it said: " + line.strip())
        .orElse("");
  }

  private static void pause() throws BenchException {
    try {
      Thread.sleep(POLL_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchException("interrupted", e);
    }
  }
}
