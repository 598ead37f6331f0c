package dev.leantea.bench.harness.load;

import dev.leantea.bench.harness.BenchException;
import dev.leantea.bench.harness.result.Errors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The Lua that makes wrk pipeline and report exact figures as one line of JSON: its own summary
 * rounds them.
 */
public final class WrkScript {
  private static final String MARK = "leantea-figures ";
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private static final String REPORT =
      """
      done = function(summary, latency, requests)
        local e = summary.errors
        io.write(string.format(
          '\\nleantea-figures {"requests":%.0f,"micros":%.0f,"p50":%.0f,"p99":%.0f,' ..
          '"connect":%.0f,"read":%.0f,"write":%.0f,"status":%.0f,"timeout":%.0f}\\n',
          summary.requests, summary.duration, latency:percentile(50), latency:percentile(99),
          e.connect, e.read, e.write, e.status, e.timeout))
      end
      """;

  private WrkScript() {}

  /** The script for so many requests at a time; 1 leaves wrk its quicker constant request. */
  public static String text(int pipeline) {
    return pipeline == 1 ? REPORT : batches(pipeline) + REPORT;
  }

  private static String batches(int pipeline) {
    return """
    init = function(args)
      local batch = {}
      for i = 1, %d do batch[i] = wrk.format() end
      pipelined = table.concat(batch)
    end
    request = function() return pipelined end
    """
        .formatted(pipeline);
  }

  /**
   * Reads the figures out of wrk's output.
   *
   * @throws BenchException when they are not there or no request was answered
   */
  public static LoadFigures parse(String output) throws BenchException {
    JsonNode json = line(output);
    LoadFigures figures =
        new LoadFigures(
            json.path("requests").asLong(),
            json.path("micros").asDouble() / 1_000_000,
            json.path("p50").asDouble(),
            json.path("p99").asDouble(),
            errors(json));
    if (figures.requests() == 0) {
      throw new BenchException("wrk: no request was answered; errors: " + figures.errors().total());
    }
    return figures;
  }

  private static Errors errors(JsonNode json) {
    return new Errors(
        json.path("connect").asLong(),
        json.path("read").asLong(),
        json.path("write").asLong(),
        json.path("status").asLong(),
        json.path("timeout").asLong());
  }

  private static JsonNode line(String output) throws BenchException {
    String text =
        output
            .lines()
            .filter(line -> line.startsWith(MARK))
            .findFirst()
            .orElseThrow(() -> new BenchException("wrk: no figures; it said: " + last(output)));
    try {
      return MAPPER.readTree(text.substring(MARK.length()));
    } catch (JacksonException e) {
      throw new BenchException("wrk: expected figures in JSON, got: " + text, e);
    }
  }

  /** The last line that says something. */
  public static String last(String output) {
    return output
        .lines()
        .filter(line -> !line.isBlank())
        .reduce((first, second) -> second)
        .orElse("nothing")
        .strip();
  }
}
