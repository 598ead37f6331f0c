package dev.leantea.bench.harness.run;

import dev.leantea.bench.harness.BenchException;
import dev.leantea.bench.harness.result.LoadFigures;
import dev.leantea.bench.harness.result.ResultFile;
import dev.leantea.bench.harness.server.Programs;
import tools.jackson.core.JacksonException;

/**
 * The Lua script that makes wrk pipeline, and report exact figures as one line of JSON: its own
 * summary rounds them.
 */
final class WrkScript {
  private static final String MARK = "leantea-figures ";

  private static final String REPORT =
      """
      done = function(summary, latency, requests)
        local e = summary.errors
        io.write(string.format(
          '\\nleantea-figures {"requests":%.0f,"seconds":%.6f,"p50Micros":%.0f,"p99Micros":%.0f,' ..
          '"errors":{"connect":%.0f,"read":%.0f,"write":%.0f,"status":%.0f,"timeout":%.0f}}\\n',
          summary.requests, summary.duration / 1e6,
          latency:percentile(50), latency:percentile(99),
          e.connect, e.read, e.write, e.status, e.timeout))
      end
      """;

  private WrkScript() {}

  /** The script for so many requests at a time; 1 leaves wrk its faster constant request. */
  static String text(int pipeline) {
    String batches =
        """
        init = function(args)
          local batch = {}
          for i = 1, %d do batch[i] = wrk.format() end
          pipelined = table.concat(batch)
        end
        request = function() return pipelined end
        """
            .formatted(pipeline);
    return pipeline == 1 ? REPORT : batches + REPORT;
  }

  /**
   * Reads the figures from wrk's output.
   *
   * @param status that wrk ended with
   * @throws BenchException when wrk failed, printed no figures or got no answer
   */
  static LoadFigures parse(int status, String output) {
    String line = output.lines().filter(it -> it.startsWith(MARK)).findFirst().orElse("");
    if (status != 0 || line.isEmpty()) {
      throw new BenchException(
          "wrk: expected figures, got status %d; its output ends: %s"
              .formatted(status, Programs.lastLine(output)));
    }
    try {
      var figures = ResultFile.MAPPER.readValue(line.substring(MARK.length()), LoadFigures.class);
      if (figures.requests() > 0) {
        return figures;
      }
      throw new BenchException("wrk: no request was answered; " + figures.errors());
    } catch (JacksonException e) {
      throw new BenchException("wrk: expected figures in JSON, got: " + line, e);
    }
  }
}
