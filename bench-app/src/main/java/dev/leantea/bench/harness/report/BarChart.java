package dev.leantea.bench.harness.report;

import java.util.List;
import java.util.Locale;

/**
 * Horizontal bars as inline SVG: one row for each server, a whisker from the smallest to the
 * largest round. Colours come from the page's style sheet.
 *
 * <pre>
 *  label │████████████├──┤      value
 *        └ 0          └ whisker
 * </pre>
 *
 * @param title above the bars
 * @param rows from top to bottom
 * @param reference a value that gets a line across all rows; 0: none
 */
record BarChart(String title, List<Row> rows, double reference) {
  private static final int WIDTH = 560;
  private static final int LABEL_WIDTH = 130;
  private static final int VALUE_WIDTH = 165;
  private static final int BAR_WIDTH = WIDTH - LABEL_WIDTH - VALUE_WIDTH;
  private static final int ROW_HEIGHT = 26;
  private static final int BAR_HEIGHT = 14;
  private static final int TITLE_HEIGHT = 30;
  private static final int MARGIN = 6;
  private static final int WHISKER_HALF = 4;

  /**
   * One bar.
   *
   * @param label the server
   * @param value the bar's length
   * @param min where the whisker starts
   * @param max where it ends
   * @param text the value as it is shown
   * @param kind the class in the style sheet: {@code leantea}, {@code nginx} or {@code peer}
   */
  record Row(String label, double value, double min, double max, String text, String kind) {}

  String svg() {
    int height = TITLE_HEIGHT + rows.size() * ROW_HEIGHT + MARGIN;
    StringBuilder svg = new StringBuilder();
    svg.append(
        "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">\n"
            .formatted(WIDTH, height, Markup.escape(description())));
    svg.append(text("title", 0, 16, "start", title));
    for (int i = 0; i < rows.size(); i++) {
      svg.append(row(rows.get(i), TITLE_HEIGHT + i * ROW_HEIGHT));
    }
    return svg.append(referenceLine(height)).append("</svg>\n").toString();
  }

  private String description() {
    StringBuilder text = new StringBuilder(title).append(": ");
    rows.forEach(row -> text.append(row.label()).append(' ').append(row.text()).append("; "));
    return text.toString().strip();
  }

  private String row(Row row, int top) {
    int middle = top + ROW_HEIGHT / 2;
    int barTop = middle - BAR_HEIGHT / 2;
    return text("label", LABEL_WIDTH - MARGIN, middle + 4, "end", row.label())
        + "<rect class=\"bar %s\" x=\"%d\" y=\"%d\" width=\"%s\" height=\"%d\" rx=\"2\"/>\n"
            .formatted(row.kind(), LABEL_WIDTH, barTop, number(length(row.value())), BAR_HEIGHT)
        + whisker(row, middle)
        + text("value", WIDTH, middle + 4, "end", row.text());
  }

  private String whisker(Row row, int middle) {
    if (row.max() <= row.min()) {
      return "";
    }
    String from = number(LABEL_WIDTH + length(row.min()));
    String to = number(LABEL_WIDTH + length(row.max()));
    int top = middle - WHISKER_HALF;
    int bottom = middle + WHISKER_HALF;
    return "<path class=\"whisker\" d=\"M%s %dV%dM%s %dH%sM%s %dV%d\"/>\n"
        .formatted(from, top, bottom, from, middle, to, to, top, bottom);
  }

  private String referenceLine(int height) {
    if (reference <= 0) {
      return "";
    }
    String x = number(LABEL_WIDTH + length(reference));
    return "<path class=\"reference\" d=\"M%s %dV%d\"/>\n"
        .formatted(x, TITLE_HEIGHT - MARGIN, height - MARGIN);
  }

  private double length(double value) {
    double largest = rows.stream().mapToDouble(Row::max).max().orElse(1);
    return Math.max(0, value) / Math.max(Math.max(largest, reference), 1e-9) * BAR_WIDTH;
  }

  private static String text(String kind, int x, int y, String anchor, String text) {
    return "<text class=\"%s\" x=\"%d\" y=\"%d\" text-anchor=\"%s\">%s</text>\n"
        .formatted(kind, x, y, anchor, Markup.escape(text));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
