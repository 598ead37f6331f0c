package dev.leantea.bench.harness.report;

import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** The figures of a commit beside the best of earlier commits. */
public record Comparison(List<Row> rows) {
  /**
   * One figure.
   *
   * @param best of earlier commits; empty for a new figure
   * @param threshold share of the best below which a ratio is an alert
   */
  public record Row(TrackedFigure figure, OptionalDouble best, double threshold) {
    private double share() {
      return best.isPresent() && best.getAsDouble() > 0 ? figure.value() / best.getAsDouble() : 1;
    }

    private String shareText() {
      return best.isPresent() ? Format.text("%.0f %%", share() * 100) : "new";
    }

    /** Runners differ: absolute figures are recorded and raise no alert. */
    private boolean alert() {
      return figure.unit().equals(TrackedFigure.RATIO) && share() < threshold;
    }

    private String value() {
      return number(figure.value()) + " " + figure.unit();
    }

    private List<String> cells() {
      return List.of(figure.name(), value(), figure.range(), shareText() + (alert() ? " ⚠" : ""));
    }

    private String alertText() {
      String best = number(this.best.orElse(0));
      return Format.text(
          "- alert: %s: %s, %s of the best before (%s), expected at least %.0f %%\n",
          figure.name(), value(), shareText(), best, threshold * 100);
    }

    private static String number(double value) {
      return Format.text(value >= 1_000 ? "%,.0f" : "%.3f", value);
    }
  }

  /** Of all figures of a commit with those of the other commits in the history. */
  public static Comparison of(
      List<TrackedFigure> figures, History history, String commit, double threshold) {
    return new Comparison(
        figures.stream()
            .map(it -> new Row(it, history.best(it.name(), commit), threshold))
            .toList());
  }

  public List<Row> alerts() {
    return rows.stream().filter(Row::alert).toList();
  }

  /** A table of all figures, a line for each alert, and a line that counts both. */
  public String markdown() {
    String header = "figure,value,rounds apart,of the best before";
    return Table.of(1, header, rows.stream().map(Row::cells).toList()).markdown()
        + "\n"
        + alerts().stream().map(Row::alertText).collect(Collectors.joining())
        + Format.text("verdict: %d figures, %d alerts\n", rows.size(), alerts().size());
  }
}
