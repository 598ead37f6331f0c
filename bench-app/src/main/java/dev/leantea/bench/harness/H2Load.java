package dev.leantea.bench.harness;

import dev.leantea.bench.harness.report.Load;
import dev.leantea.bench.harness.report.LoadFigures;
import dev.leantea.bench.harness.report.LoadFigures.Errors;
import dev.leantea.bench.harness.server.Cores;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** h2load from PATH: HTTP/2 in clear text. It reports no percentiles. */
final class H2Load extends Wrk {
  private static final Pattern TIME = Pattern.compile("finished in ([\\d.]+)(s|ms|us),");

  private static final Pattern REQUESTS =
      Pattern.compile(
          "(\\d+) succeeded, (\\d+) failed, (\\d+) errored, (\\d+) timeout\\s+"
              + "status codes: \\d+ 2xx, (\\d+) 3xx, (\\d+) 4xx, (\\d+) 5xx");

  H2Load(Path folder, Cores cores) {
    super(folder, cores);
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

  @Override
  LoadFigures figures(int status, String output) {
    Matcher time = TIME.matcher(output);
    Matcher requests = REQUESTS.matcher(output);
    if (status != 0 || !time.find() || !requests.find()) {
      throw noFigures("h2load", status, output);
    }
    long succeeded = number(requests, 1);
    if (succeeded == 0) {
      throw new BenchException("h2load: no request was answered");
    }
    long failed = number(requests, 2) + number(requests, 3);
    long statuses = number(requests, 6) + number(requests, 7);
    var errors = new Errors(0, failed, 0, statuses, number(requests, 4));
    return new LoadFigures(succeeded, seconds(time), 0, 0, errors);
  }

  private static long number(Matcher requests, int group) {
    return Long.parseLong(requests.group(group));
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
