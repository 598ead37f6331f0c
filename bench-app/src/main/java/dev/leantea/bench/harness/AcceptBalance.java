package dev.leantea.bench.harness;

import java.util.Arrays;
import java.util.Random;

/**
 * How evenly SO_REUSEPORT spreads connections over event loops: the kernel picks a loop by a hash
 * of the addresses and ports, which is as good as drawing lots, and knows nothing of the loops'
 * load.
 *
 * @param loops number of event loops
 * @param connections number of connections of all loops together
 * @param busiest connections of the busiest loop, as a multiple of the average; the mean of many
 *     draws
 * @param idle share of the loops that have no connection, 0 to 1; the mean of many draws
 */
record AcceptBalance(int loops, int connections, double busiest, double idle) {
  /** The same draws each time, so that two runs give the same table. */
  private static final long SEED = 20_261_129;

  /**
   * Simulates it.
   *
   * @param draws how often all connections are made anew
   */
  static AcceptBalance simulate(int loops, int connections, int draws) {
    var random = new Random(SEED);
    long busiest = 0;
    long idle = 0;
    for (int draw = 0; draw < draws; draw++) {
      int[] loads = new int[loops];
      for (int i = 0; i < connections; i++) {
        loads[random.nextInt(loops)]++;
      }
      busiest += Arrays.stream(loads).max().orElseThrow();
      idle += Arrays.stream(loads).filter(load -> load == 0).count();
    }
    double average = (double) connections / loops;
    return new AcceptBalance(
        loops, connections, busiest / average / draws, (double) idle / loops / draws);
  }
}
