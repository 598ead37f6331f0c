package dev.leantea.bench.harness.report;

import dev.leantea.bench.harness.report.Load.Placement;
import dev.leantea.bench.harness.report.LoadFigures.Errors;
import dev.leantea.bench.harness.report.Results.LoadCommand;
import dev.leantea.bench.harness.report.Results.ServerInfo;
import java.util.List;

/** Runs for tests, with figures that are easy to check. */
public final class Runs {
  /** The load of all samples here. */
  public static final Load LOAD = new Load(Placement.PINNED, "/health", 128, 1);

  private static final Errors NONE = new Errors(0, 0, 0, 0, 0);

  private Runs() {}

  /** Figures of one second. */
  public static LoadFigures figures(long requests) {
    return new LoadFigures(requests, 1.0, 500, 2_500, NONE);
  }

  /** A sample of one second. */
  public static Sample sample(String server, int round, long requests, double cpuMicros) {
    return sample(server, LOAD, round, requests, cpuMicros);
  }

  /** A sample of one second under some load. */
  public static Sample sample(
      String server, Load load, int round, long requests, double cpuMicros) {
    return new Sample(server, load, round, figures(requests), cpuMicros, 64L << 20);
  }

  /** A sample with some median latency. */
  public static Sample latency(String server, double micros) {
    return new Sample(server, LOAD, 1, new LoadFigures(10, 1, micros, 5_000, NONE), 1, 1);
  }

  /** A sample with errors. */
  public static Sample broken(String server, Load load, Errors errors) {
    return new Sample(server, load, 1, new LoadFigures(10, 1, 1, 1, errors), 1, 1);
  }

  /** A run with these samples and nothing else. */
  public static Results of(Sample... samples) {
    Machine machine =
        new Machine("Linux amd64", "6.18", "A CPU", 2, 8L << 30, "JDK 25", "0123456789ab", 0.5);
    Results run =
        Results.of("2026-11-24T08:00:00Z", 12.5, List.of("bench", "--quick"), "nginx", machine);
    String line = "leantea: http://127.0.0.1:1";
    run.servers().add(new ServerInfo("reactor", line, Placement.PINNED, List.of("java", "serve")));
    run.servers().add(new ServerInfo("nginx", "nginx/1.22", Placement.PINNED, List.of("nginx")));
    run.loads()
        .add(new LoadCommand(LOAD, List.of("wrk", "http://127.0.0.1:PORT/health"), "script"));
    run.samples().addAll(List.of(samples));
    return run;
  }

  /** Three rounds: reactor needs 0.8 of nginx's CPU time and answers twice as many requests. */
  public static Results steady() {
    return of(
        sample("reactor", 1, 20_000, 8.0),
        sample("nginx", 1, 10_000, 10.0),
        sample("nginx", 2, 10_000, 20.0),
        sample("reactor", 2, 20_000, 16.0),
        sample("reactor", 3, 20_000, 8.1),
        sample("nginx", 3, 10_000, 10.0));
  }
}
