package dev.leantea.bench.harness;

import dev.leantea.bench.harness.report.Load;
import dev.leantea.bench.harness.report.LoadFigures;
import dev.leantea.bench.harness.server.Cores;
import dev.leantea.bench.harness.server.Programs;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
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
final class NewConnections extends Wrk {
  private static final Pattern RESULT = Pattern.compile("(\\d+) connections in \\d+ real seconds");

  NewConnections(Path folder, Cores cores) {
    super(folder, cores);
  }

  @Override
  String script(Load load) {
    return "";
  }

  /** Of one program. */
  @Override
  List<String> command(Load load, String port, int seconds) {
    var command = new ArrayList<>(List.of("openssl", "s_time", "-connect", "127.0.0.1:" + port));
    command.addAll(List.of("-new", "-tls1_3", "-ciphersuites", "TLS_AES_128_GCM_SHA256"));
    command.addAll(List.of("-www", load.route(), "-time", "" + seconds));
    return Cores.pinned(cores(load), command);
  }

  @Override
  LoadFigures run(Load load, int port, int seconds) {
    String[] command = command(load, "" + port, seconds).toArray(String[]::new);
    Callable<String> program = () -> Programs.output(command);
    long start = System.nanoTime();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<String>> outputs =
          threads.invokeAll(Collections.nCopies(load.connections(), program));
      double elapsed = (System.nanoTime() - start) / 1e9;
      long connections = 0;
      for (Future<String> output : outputs) {
        connections += parse(output.get());
      }
      return new LoadFigures(connections, elapsed, 0, 0, new LoadFigures.Errors(0, 0, 0, 0, 0));
    } catch (ExecutionException e) {
      throw new BenchException("openssl s_time: " + e.getCause(), e);
    } catch (InterruptedException e) {
      throw BenchException.interrupted(e);
    }
  }

  /** The number of connections that one program reports. */
  private static long parse(String output) {
    Matcher result = RESULT.matcher(output);
    if (!result.find() || result.group(1).equals("0")) {
      throw new BenchException(
          "openssl s_time: expected connections, its output ends: " + Programs.lastLine(output));
    }
    return Long.parseLong(result.group(1));
  }
}
