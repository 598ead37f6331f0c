package dev.leantea.bench.harness.report;

import dev.leantea.bench.harness.result.Contender;
import dev.leantea.bench.harness.result.LoadCommand;
import dev.leantea.bench.harness.result.Results;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The figures as one page that needs no network. */
public final class HtmlReport {
  private HtmlReport() {}

  /**
   * The page.
   *
   * @param agreement what {@link Agreement} says; empty without another run
   */
  public static String of(Results results, List<String> agreement) {
    return """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>LeanTea benchmark</title>
    <style>
    %s</style>
    </head>
    <body>
    <main>
    %s</main>
    </body>
    </html>
    """
        .formatted(style(), body(results, agreement));
  }

  private static String style() {
    try (InputStream bytes = HtmlReport.class.getResourceAsStream("report.css")) {
      return new String(Objects.requireNonNull(bytes).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String body(Results results, List<String> agreement) {
    Charts charts = new Charts(results);
    String baseline = results.baseline();
    StringBuilder html = new StringBuilder();
    html.append(Markup.element("h1", "LeanTea benchmark"));
    html.append("<div class=\"facts\">" + Markup.list(Explanation.circumstances(results)));
    html.append("</div>\n").append(legend());
    html.append(notice("Read this first", Doubts.of(results)));
    html.append(notice("Two runs", agreement));
    html.append(bars(results));
    html.append(
        section(
            "CPU time per request, relative to " + baseline, "Shorter is better.", charts.cpu()));
    html.append(section("Requests per second", "Longer is better.", charts.rates()));
    html.append(
        section(
            "Latency",
            "The bar is the median, the whisker ends at the 99th percentile.",
            charts.latencies()));
    html.append(section("Idle connections", "Shorter is better.", charts.idle()));
    html.append(section("Start", "Shorter is better.", charts.starts()));
    html.append(tables(results));
    html.append(Markup.element("h2", "How to read this"));
    html.append(Markup.list(Explanation.reading(results)));
    return html.append(commands(results)).toString();
  }

  private static String legend() {
    return "<p class=\"legend\"><span class=\"key leantea\"></span>LeanTea"
        + "<span class=\"key nginx\"></span>nginx<span class=\"key peer\"></span>peers"
        + " &nbsp; whisker: smallest to largest round</p>\n";
  }

  private static String notice(String title, List<String> lines) {
    return lines.isEmpty()
        ? ""
        : "<aside>" + Markup.element("h2", title) + Markup.list(lines) + "</aside>\n";
  }

  private static String section(String title, String note, List<BarChart> charts) {
    if (charts.isEmpty()) {
      return "";
    }
    StringBuilder html = new StringBuilder(Markup.element("h2", title));
    html.append(Markup.element("p", note)).append("<div class=\"charts\">\n");
    charts.forEach(chart -> html.append("<figure>" + chart.svg() + "</figure>\n"));
    return html.append("</div>\n").toString();
  }

  private static String bars(Results results) {
    return titled("Before and after", BeforeAfter.table(results))
        + titled("Bars", Bars.table(results));
  }

  private static String titled(String title, Optional<Table> table) {
    return table.map(it -> Markup.element("h2", title) + Markup.table(it)).orElse("");
  }

  private static String tables(Results results) {
    StringBuilder html = new StringBuilder(Markup.element("h2", "All figures"));
    if (!results.samples().isEmpty()) {
      html.append(Markup.table(TextReport.load(results)));
    }
    if (!results.idle().isEmpty()) {
      html.append(Markup.table(TextReport.idle(results)));
    }
    if (!results.starts().isEmpty()) {
      html.append(Markup.table(TextReport.starts(results)));
    }
    return html.toString();
  }

  private static String commands(Results results) {
    StringBuilder html = new StringBuilder("<details><summary>Exact commands</summary>\n<pre>");
    for (Contender server : results.servers()) {
      html.append(Markup.escape(Commands.line(server)));
    }
    for (LoadCommand load : results.load()) {
      html.append(Markup.escape(Commands.line(load)));
    }
    return html.append("</pre></details>\n").toString();
  }
}
