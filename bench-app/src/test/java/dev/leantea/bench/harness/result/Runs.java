package dev.leantea.bench.harness.result;

import java.util.List;

/** Runs for tests, with figures that are easy to check. */
public final class Runs {
  /** The load of all samples here. */
  public static final Cell CELL = new Cell(Placement.PINNED, "/health", 128, 1);

  private Runs() {}

  /** A sample of one second. */
  public static Sample sample(String server, int round, long requests, double cpuMicros) {
    return sample(server, CELL, round, requests, cpuMicros);
  }

  /** A sample of one second under some load. */
  public static Sample sample(
      String server, Cell cell, int round, long requests, double cpuMicros) {
    return new Sample(
        server,
        cell,
        round,
        1.0,
        requests,
        500,
        2_500,
        new Errors(0, 0, 0, 0, 0),
        cpuMicros,
        64L << 20);
  }

  /** A run with these samples and nothing else. */
  public static Results of(Sample... samples) {
    return new Results(
        Results.FORMAT,
        "2026-11-24T08:00:00Z",
        12.5,
        List.of("bench", "--quick"),
        "nginx",
        new Machine("Linux amd64", "6.18", "A CPU", 2, 8L << 30, "JDK 25", "0123456789ab", 0.5),
        List.of(
            new Contender(
                "reactor",
                "leantea: http://127.0.0.1:1",
                Placement.PINNED,
                List.of("java", "-jar", "bench-app.jar", "serve")),
            new Contender("nginx", "nginx/1.22", Placement.PINNED, List.of("nginx"))),
        List.of(new LoadCommand(CELL, List.of("wrk", "http://127.0.0.1:PORT/health"), "")),
        List.of(samples),
        List.of(),
        List.of(),
        List.of(),
        List.of());
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
