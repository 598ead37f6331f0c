package dev.leantea.bench.harness.report;

import dev.leantea.bench.harness.result.Contender;
import dev.leantea.bench.harness.result.LoadCommand;

/** Commands of a run, as lines to be read. */
final class Commands {
  private Commands() {}

  static String line(Contender server) {
    String about = server.about().isEmpty() ? "" : "  # " + server.about();
    return server.name()
        + ", "
        + server.placement().label()
        + ": "
        + String.join(" ", server.command())
        + about
        + "\n";
  }

  static String line(LoadCommand load) {
    return load.cell().label() + ": " + String.join(" ", load.command()) + "\n";
  }
}
