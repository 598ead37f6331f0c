package dev.leantea.bench.harness.run;

/** Something that must not outlive the run: a child process, a container, a temporary folder. */
@FunctionalInterface
public interface Resource extends AutoCloseable {
  /** Ends it; quietly when it has ended before. */
  @Override
  void close();
}
