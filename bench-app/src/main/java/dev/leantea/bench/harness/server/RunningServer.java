package dev.leantea.bench.harness.server;

import dev.leantea.bench.harness.BenchException;
import dev.leantea.bench.harness.result.Contender;
import dev.leantea.bench.harness.run.Resource;

/** A server that answers: a child process or a container. One owner thread. */
public interface RunningServer extends Resource {
  /** As in tables. */
  default String name() {
    return contender().name();
  }

  /** Where it listens, on 127.0.0.1. */
  int port();

  /** What it is and how it was started. */
  Contender contender();

  /** The processes that do its work. */
  ProcessTree tree();

  /**
   * Does nothing while it runs.
   *
   * @throws BenchException that says how it ended and what it said last
   */
  void requireAlive() throws BenchException;

  /** What it wrote to stdout and stderr so far. */
  String output();
}
