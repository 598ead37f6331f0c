package dev.leantea.bench.harness;

import dev.leantea.bench.harness.report.Load;
import dev.leantea.bench.harness.report.LoadFigures;
import dev.leantea.bench.harness.server.Cores;
import dev.leantea.bench.harness.server.Programs;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A new connection with a full handshake of TLS 1.3 for each request, by programs of {@code openssl
 * s_time}, one for each connection at a time: wrk would resume its sessions. They report no
 * latencies.
 */
final class NewConnections {
  private static final Pattern RESULT = Pattern.compile("(\\d+) connections in \\d+ real seconds");
  private static final double NO_LATENCY = 0;

  private final Cores cores;

  NewConnections(Cores cores) {
    this.cores = cores;
  }

  /** The exact command of one program; in reports, {@code PORT} stands for the port. */
  List<String> command(Load load, String port, int seconds) {
    var command = new ArrayList<>(List.of("openssl", "s_time", "-connect", "127.0.0.1:" + port));
    command.addAll(List.of("-new", "-tls1_3", "-ciphersuites", "TLS_AES_128_GCM_SHA256"));
    command.addAll(List.of("-www", load.route(), "-time", Integer.toString(seconds)));
    return Cores.pinned(cores.wrkSet(load.placement()), command);
  }

  /**
   * Connects to a port of 127.0.0.1 until the time is over.
   *
   * @throws BenchException when it cannot
   */
  LoadFigures run(Load load, int port, int seconds) {
    String[] command = command(load, Integer.toString(port), seconds).toArray(String[]::new);
    List<Future<String>> outputs = new ArrayList<>();
    long start = System.nanoTime();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < load.connections(); i++) {
        outputs.add(threads.submit(() -> Programs.output(command)));
      }
    }
    double elapsed = (System.nanoTime() - start) / 1e9;
    long connections = 0;
    for (Future<String> output : outputs) {
      connections += parse(output(output));
    }
    return new LoadFigures(
        connections, elapsed, NO_LATENCY, NO_LATENCY, new LoadFigures.Errors(0, 0, 0, 0, 0));
  }

  private static String output(Future<String> output) {
    try {
      return output.get();
    } catch (ExecutionException e) {
      throw new BenchException("openssl s_time: " + e.getCause(), e);
    } catch (InterruptedException e) {
      throw BenchException.interrupted(e);
    }
  }

  /** The number of connections that one program reports. */
  static long parse(String output) {
    Matcher result = RESULT.matcher(output);
    if (!result.find() || result.group(1).equals("0")) {
      throw new BenchException(
          "openssl s_time: expected connections, its output ends: " + Programs.lastLine(output));
    }
    return Long.parseLong(result.group(1));
  }
}
