package dev.leantea.bench.harness;

/** Looks whether a server answers a route as it should, before it is measured. */
@FunctionalInterface
public interface AnswerCheck {
  /**
   * Asks a server on 127.0.0.1.
   *
   * @return empty when it answers with 200; else what came instead: it may lack the route
   * @throws BenchException when the answer is wrong, so that its figures would be worth nothing
   */
  String check(int port, String route);
}
