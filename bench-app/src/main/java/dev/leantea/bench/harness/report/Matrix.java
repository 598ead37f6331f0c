package dev.leantea.bench.harness.report;

import dev.leantea.bench.harness.result.Cell;
import dev.leantea.bench.harness.result.Results;
import dev.leantea.bench.harness.result.Spread;
import dev.leantea.bench.harness.result.Summary;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** One figure of all servers under all loads at a glance. */
final class Matrix {
  private Matrix() {}

  /** CPU time per request, to the baseline's. */
  static Table cpu(Results results) {
    return of(results, Summary::cpuRatio);
  }

  /** Requests per second, to the baseline's. */
  static Table rate(Results results) {
    return of(results, Summary::rateRatio);
  }

  private static Table of(Results results, Function<Summary, Optional<Spread>> figure) {
    List<String> header = new ArrayList<>(List.of("load"));
    header.addAll(results.names());
    List<List<String>> rows = new ArrayList<>();
    for (Cell cell : results.cells()) {
      List<String> row = new ArrayList<>(List.of(cell.label()));
      for (String server : results.names()) {
        row.add(Summary.of(results, server, cell).flatMap(figure).map(Matrix::text).orElse("–"));
      }
      rows.add(row);
    }
    return new Table(1, header, rows);
  }

  private static String text(Spread ratio) {
    return String.format(Locale.ROOT, "%s%.2f", ratio.noisy() ? "~" : "", ratio.median());
  }
}
