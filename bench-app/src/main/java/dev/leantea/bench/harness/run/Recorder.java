package dev.leantea.bench.harness.run;

import dev.leantea.bench.harness.result.IdleSample;
import dev.leantea.bench.harness.result.LoadCommand;
import dev.leantea.bench.harness.result.Machine;
import dev.leantea.bench.harness.result.Results;
import dev.leantea.bench.harness.result.Sample;
import dev.leantea.bench.harness.result.ServerInfo;
import dev.leantea.bench.harness.result.StartSample;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * Collects what a run finds out, figure by figure, so that a failure loses none. Texts are recorded
 * without the folders of this machine. One thread.
 */
public final class Recorder {
  private final Progress progress = new Progress(System.err);
  private final Instant started = Instant.now();
  private final Results results;

  /**
   * An empty one.
   *
   * @param commandLine the arguments of the run
   * @param baseline the server that ratios refer to
   */
  public Recorder(List<String> commandLine, String baseline) {
    String start = started.truncatedTo(ChronoUnit.SECONDS).toString();
    List<String> line = LocalPaths.removedFrom(commandLine);
    results = Results.of(start, 0, line, baseline, Machine.here());
  }

  /** Where the run shows how far it is. */
  Progress progress() {
    return progress;
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

  void add(Sample sample, String outcome) {
    results.samples().add(sample);
    progress.step(outcome);
  }

  void add(IdleSample sample, String outcome) {
    results.idle().add(sample);
    progress.step(outcome);
  }

  void add(StartSample sample, String outcome) {
    results.starts().add(sample);
    progress.step(outcome);
  }

  /** Something that the user asked for is missing from the figures. */
  void failure(String text) {
    record(results.failures(), "", text);
  }

  /** Something was left out that the user did not ask for by name. */
  void note(String text) {
    record(results.notes(), "note: ", text);
  }

  private void record(List<String> lines, String prefix, String text) {
    String line = LocalPaths.removedFrom(text);
    if (!lines.contains(line)) {
      lines.add(line);
      progress.say(prefix + line);
    }
  }

  /** All of it, so far. */
  public Results results() {
    double seconds = started.until(Instant.now(), ChronoUnit.MILLIS) / 1000.0;
    return Results.of(
        results.started(),
        seconds,
        results.commandLine(),
        results.baseline(),
        results.machine(),
        results);
  }
}
