package dev.leantea.bench.harness;

import dev.leantea.bench.harness.report.IdleSample;
import dev.leantea.bench.harness.report.Machine;
import dev.leantea.bench.harness.report.Results;
import dev.leantea.bench.harness.report.Results.LoadCommand;
import dev.leantea.bench.harness.report.Results.ServerInfo;
import dev.leantea.bench.harness.report.Results.StartSample;
import dev.leantea.bench.harness.report.Sample;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/**
 * Collects what a run finds out, figure by figure, so that a failure loses none, and prints how far
 * the run is. Texts are recorded without the folders of this machine. One thread.
 */
public final class Recorder {
  private final PrintStream out;
  private final Instant started = Instant.now();
  private final Results results;
  private int steps = 1;
  private int done;

  /**
   * An empty one.
   *
   * @param commandLine the arguments of the run
   * @param baseline the server that ratios refer to
   * @param out for the progress; usually stderr, as stdout holds the tables alone
   */
  public Recorder(List<String> commandLine, String baseline, PrintStream out) {
    String start = started.truncatedTo(ChronoUnit.SECONDS).toString();
    List<String> line = LocalPaths.removedFrom(commandLine);
    this.results = Results.of(start, 0, line, baseline, Machine.here());
    this.out = out;
  }

  void expect(int figures) {
    steps = Math.max(1, figures);
  }

  void skip(int figures) {
    steps = Math.max(Math.max(1, done), steps - figures);
  }

  void add(ServerInfo info) {
    List<String> command = LocalPaths.removedFrom(info.command());
    String about = LocalPaths.removedFrom(info.about());
    results.servers().add(new ServerInfo(info.name(), about, info.placement(), command));
  }

  void add(LoadCommand load) {
    List<String> command = LocalPaths.removedFrom(load.command());
    results.loads().add(new LoadCommand(load.load(), command, load.script()));
  }

  void add(Sample sample, String line) {
    results.samples().add(sample);
    step(line);
  }

  void add(IdleSample sample, String line) {
    results.idle().add(sample);
    step(line);
  }

  void add(StartSample sample, String line) {
    results.starts().add(sample);
    step(line);
  }

  private void step(String line) {
    done = Math.min(steps, done + 1);
    long left = Duration.between(started, Instant.now()).toSeconds() * (steps - done) / done;
    out.printf(Locale.ROOT, "[%d/%d, %d:%02d left] %s%n", done, steps, left / 60, left % 60, line);
  }

  void say(String what) {
    out.println("bench: " + what);
  }

  /** Something that the user asked for is missing from the figures. */
  void failure(String text) {
    record(results.failures(), "", text);
  }

  /** Something was left out that the user did not ask for by name. */
  void note(String text) {
    record(results.notes(), "note: ", text);
  }

  private void record(List<String> lines, String kind, String text) {
    String line = LocalPaths.removedFrom(text);
    if (!lines.contains(line)) {
      lines.add(line);
      say(kind + line);
    }
  }

  public Results results() {
    return results.after(Duration.between(started, Instant.now()).toMillis() / 1000.0);
  }
}
