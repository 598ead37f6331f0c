package dev.leantea.typed;

import dev.leantea.http.Request;
import dev.leantea.routing.Router;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * What typed routes cost over a plain router: one request to each of the same fifty routes, from
 * the parsed target to the response, the values read as numbers in both.
 *
 * <pre>
 *  mvn -Pjmh -pl framework test-compile exec:exec -Djmh.include=DispatchBenchmark
 * </pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(DispatchBenchmark.ROUTES)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class DispatchBenchmark {
  static final int ROUTES = 50;

  private final Router plain = FiftyRouters.plain();
  private final Router typed = FiftyRouters.typed();
  private final List<Request> requests = FiftyRouters.requests();

  @Benchmark
  public void plain(Blackhole results) throws Exception {
    for (Request request : requests) {
      results.consume(plain.handle(request));
    }
  }

  @Benchmark
  public void typed(Blackhole results) throws Exception {
    for (Request request : requests) {
      results.consume(typed.handle(request));
    }
  }
}
