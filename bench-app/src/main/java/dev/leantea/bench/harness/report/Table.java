package dev.leantea.bench.harness.report;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Rows of text under a header.
 *
 * @param left how many of the first columns are words and set to the left; the others are figures
 * @param header names of the columns
 * @param rows as many cells as the header has
 */
public record Table(int left, List<String> header, List<List<String>> rows) {
  /**
   * A table.
   *
   * @param header names of the columns, separated by commas
   */
  public static Table of(int left, String header, List<List<String>> rows) {
    return new Table(left, List.of(header.split(",", -1)), rows);
  }

  /** For a terminal; empty without rows. */
  String text() {
    List<Integer> widths = IntStream.range(0, header.size()).mapToObj(this::width).toList();
    return rows.isEmpty()
        ? ""
        : Stream.concat(Stream.of(header), rows.stream())
            .map(row -> line(row, widths))
            .collect(Collectors.joining());
  }

  private int width(int column) {
    int widest = rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    return Math.max(widest, header.get(column).length());
  }

  private String line(List<String> cells, List<Integer> widths) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < cells.size(); column++) {
      String cell = cells.get(column);
      String padding = " ".repeat(widths.get(column) - cell.length());
      line.append(column < left ? cell + padding : padding + cell).append("  ");
    }
    return line.toString().stripTrailing() + "\n";
  }

  /** As Markdown; empty without rows. */
  public String markdown() {
    List<String> rule =
        IntStream.range(0, header.size()).mapToObj(it -> it < left ? "---" : "---:").toList();
    return rows.isEmpty()
        ? ""
        : Stream.concat(Stream.of(header, rule), rows.stream())
            .map(row -> "| " + String.join(" | ", row) + " |\n")
            .collect(Collectors.joining());
  }
}
