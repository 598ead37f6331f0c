package dev.leantea.bench.harness.report;

import java.util.ArrayList;
import java.util.List;

/**
 * Rows of text under a header. The first {@code left} columns are words, the others figures.
 *
 * @param left columns that are set to the left
 * @param header names of the columns
 * @param rows as many cells as the header has
 */
public record Table(int left, List<String> header, List<List<String>> rows) {
  /** In columns, for a terminal. */
  public String text() {
    List<Integer> widths = widths();
    StringBuilder text = new StringBuilder(line(header, widths));
    rows.forEach(row -> text.append(line(row, widths)));
    return text.toString();
  }

  /** As a table of Markdown. */
  public String markdown() {
    StringBuilder text = new StringBuilder(markdown(header));
    List<String> rule = new ArrayList<>();
    for (int column = 0; column < header.size(); column++) {
      rule.add(column < left ? "---" : "---:");
    }
    text.append(markdown(rule));
    rows.forEach(row -> text.append(markdown(row)));
    return text.toString();
  }

  private static String markdown(List<String> cells) {
    return "| " + String.join(" | ", cells) + " |\n";
  }

  private List<Integer> widths() {
    List<Integer> widths = new ArrayList<>();
    for (int column = 0; column < header.size(); column++) {
      int at = column;
      int widest = rows.stream().mapToInt(row -> row.get(at).length()).max().orElse(0);
      widths.add(Math.max(widest, header.get(at).length()));
    }
    return widths;
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
}
