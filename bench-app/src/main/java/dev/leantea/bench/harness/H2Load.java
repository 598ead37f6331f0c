package dev.leantea.bench.harness;

import dev.leantea.bench.harness.report.Load;
import dev.leantea.bench.harness.report.LoadFigures;
import dev.leantea.bench.harness.report.LoadFigures.Errors;
import dev.leantea.bench.harness.server.Cores;
import dev.leantea.bench.harness.server.Programs;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** h2load from PATH: HTTP/2 in clear text. It reports no percentiles. */
public final class H2Load extends LocalProgram {
  private static final Pattern TIME = Pattern.compile("finished in ([\\d.]+)(s|ms|us),");

  private static final Pattern REQUESTS =
      Pattern.compile(
          "(\\d+) succeeded, (\\d+) failed, (\\d+) errored, (\\d+) timeout\\s+"
              + "status codes: \\d+ 2xx, (\\d+) 3xx, (\\d+) 4xx, (\\d+) 5xx");

  /**
   * h2load on its cores.
   *
   * @throws BenchException when it is not on PATH
   */
  public H2Load(Cores cores) {
    super(cores, "h2load", "(Debian: apt-get install nghttp2-client)", H2Load::figures);
  }

  @Override
  String script(Load load) {
    return "";
  }

  @Override
  List<String> command(Load load, String port, int seconds) {
    List<String> h2load =
        List.of(
            "h2load",
            "-t" + Math.min(threads(load), load.connections()),
            "-c" + load.connections(),
            "-m" + load.pipeline(),
            "-D" + seconds,
            "http://127.0.0.1:" + port + load.route());
    return Cores.pinned(cores(load), h2load);
  }

  /** Reads the figures from what h2load printed before it ended with a status. */
  static LoadFigures figures(int status, String output) {
    Matcher time = TIME.matcher(output);
    Matcher requests = REQUESTS.matcher(output);
    if (status != 0 || !time.find() || !requests.find()) {
      throw new BenchException(
          "h2load: expected figures, got status %d; its output ends: %s"
              .formatted(status, Programs.lastLine(output)));
    }
    long succeeded = Long.parseLong(requests.group(1));
    if (succeeded == 0) {
      throw new BenchException("h2load: no request was answered");
    }
    long failed = Long.parseLong(requests.group(2)) + Long.parseLong(requests.group(3));
    long statuses = Long.parseLong(requests.group(6)) + Long.parseLong(requests.group(7));
    long timeouts = Long.parseLong(requests.group(4));
    return new LoadFigures(
        succeeded, seconds(time), 0, 0, new Errors(0, failed, 0, statuses, timeouts));
  }

  private static double seconds(Matcher time) {
    double number = Double.parseDouble(time.group(1));
    return switch (time.group(2)) {
      case "ms" -> number / 1e3;
      case "us" -> number / 1e6;
      default -> number;
    };
  }
}
