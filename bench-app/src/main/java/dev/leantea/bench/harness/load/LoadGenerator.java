package dev.leantea.bench.harness.load;

import dev.leantea.bench.harness.BenchException;
import dev.leantea.bench.harness.run.Resource;
import java.util.List;

/** wrk, wherever it runs. One owner thread. */
public interface LoadGenerator extends Resource {
  /**
   * Sends load until the time is over.
   *
   * @throws BenchException when wrk cannot run, reaches nobody, or reports nothing
   */
  LoadFigures run(LoadRequest request) throws BenchException;

  /** The exact command for a request, for the record. */
  List<String> command(LoadRequest request);

  /** What a call takes beyond the seconds that it sends, roughly. */
  double callSeconds();

  /** Its version and where it comes from. */
  String about();
}
