package dev.leantea.bench.harness.track;

import dev.leantea.bench.harness.report.Table;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** The figures of a commit beside the best of earlier commits. */
public record Comparison(List<Row> rows, double threshold) {

  /**
   * One figure.
   *
   * @param best of earlier commits; empty for a new figure
   */
  public record Row(TrackedFigure figure, OptionalDouble best) {
    private double share() {
      return best.isPresent() && best.getAsDouble() > 0 ? figure.value() / best.getAsDouble() : 1;
    }

    private String shareText() {
      return best.isPresent() ? "%.0f %%".formatted(share() * 100) : "new";
    }

    /** Runners differ: absolute figures are recorded and raise no alert. */
    private boolean alert(double threshold) {
      return figure.unit().equals(TrackedFigure.RATIO) && share() < threshold;
    }

    private List<String> cells(double threshold) {
      String share = shareText() + (alert(threshold) ? " ⚠" : "");
      return List.of(
          figure.name(), number(figure.value()) + " " + figure.unit(), figure.range(), share);
    }

    private String alertText(double threshold) {
      return "- alert: %s: %s %s, %s of the best before (%s), expected at least %.0f %%\n"
          .formatted(
              figure.name(),
              number(figure.value()),
              figure.unit(),
              shareText(),
              number(best.orElse(0)),
              threshold * 100);
    }

    private static String number(double value) {
      return String.format(Locale.ROOT, value >= 1_000 ? "%,.0f" : "%.3f", value);
    }
  }

  /**
   * Of all figures of a commit with those of the other commits in the history.
   *
   * @param threshold share of the best below which a ratio is an alert
   */
  public static Comparison of(
      List<TrackedFigure> figures, History history, Commit commit, double threshold) {
    return new Comparison(
        figures.stream()
            .map(figure -> new Row(figure, history.best(figure.name(), commit.id())))
            .toList(),
        threshold);
  }

  /** The rows that are too far below the best. */
  public List<Row> alerts() {
    return rows.stream().filter(row -> row.alert(threshold)).toList();
  }

  /** A table of all figures, a line for each alert, and a line that counts both. */
  public String markdown() {
    List<String> header = List.of("figure", "value", "rounds apart", "of the best before");
    Table table = new Table(1, header, rows.stream().map(row -> row.cells(threshold)).toList());
    StringBuilder text = new StringBuilder(table.markdown()).append('\n');
    alerts().forEach(row -> text.append(row.alertText(threshold)));
    return text + "verdict: %d figures, %d alerts\n".formatted(rows.size(), alerts().size());
  }
}
