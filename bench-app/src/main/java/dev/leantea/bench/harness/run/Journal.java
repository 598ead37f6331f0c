package dev.leantea.bench.harness.run;

import dev.leantea.bench.harness.result.Contender;
import dev.leantea.bench.harness.result.IdleSample;
import dev.leantea.bench.harness.result.LoadCommand;
import dev.leantea.bench.harness.result.Machine;
import dev.leantea.bench.harness.result.Results;
import dev.leantea.bench.harness.result.Sample;
import dev.leantea.bench.harness.result.StartSample;
import dev.leantea.bench.harness.server.AsTyped;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * Collects what a run finds out, figure by figure, so that a failure loses none; no text in it
 * names a place on this machine. One thread.
 */
public final class Journal {
  private final Instant started = Instant.now();
  private final Machine machine = Machine.here();
  private final Progress progress;
  private final AsTyped typed;
  private final List<String> commandLine;
  private final String baseline;
  private final List<Contender> servers = new ArrayList<>();
  private final List<LoadCommand> load = new ArrayList<>();
  private final List<Sample> samples = new ArrayList<>();
  private final List<IdleSample> idle = new ArrayList<>();
  private final List<StartSample> starts = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  /** An empty one of a run with these arguments. */
  public Journal(Progress progress, List<String> commandLine, String baseline, AsTyped typed) {
    this.progress = progress;
    this.typed = typed;
    this.commandLine = typed.words(commandLine);
    this.baseline = baseline;
  }

  /** Where the run tells how far it is. */
  public Progress progress() {
    return progress;
  }

  void add(Contender contender) {
    servers.add(
        new Contender(
            contender.name(),
            typed.line(contender.about()),
            contender.placement(),
            typed.words(contender.command())));
  }

  void add(LoadCommand command) {
    load.add(new LoadCommand(command.cell(), typed.words(command.command()), command.script()));
  }

  void add(Sample sample) {
    samples.add(sample);
  }

  void add(IdleSample sample) {
    idle.add(sample);
  }

  void add(StartSample sample) {
    starts.add(sample);
  }

  /** Something that the user asked for is missing from the figures. */
  public void failure(String text) {
    String line = typed.line(text);
    if (!failures.contains(line)) {
      failures.add(line);
      progress.say("bench: " + line);
    }
  }

  /** Something was left out that the user did not ask for by name. */
  public void note(String text) {
    String line = typed.line(text);
    if (!notes.contains(line)) {
      notes.add(line);
      progress.say("bench: note: " + line);
    }
  }

  /** All of it, so far. */
  public Results results() {
    return new Results(
        Results.FORMAT,
        started.truncatedTo(ChronoUnit.SECONDS).toString(),
        started.until(Instant.now(), ChronoUnit.MILLIS) / 1000.0,
        commandLine,
        baseline,
        machine,
        List.copyOf(servers),
        List.copyOf(load),
        List.copyOf(samples),
        List.copyOf(idle),
        List.copyOf(starts),
        List.copyOf(failures),
        List.copyOf(notes));
  }
}
