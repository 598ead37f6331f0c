package dev.leantea.bench.harness.server;

import dev.leantea.bench.harness.result.Placement;
import java.util.List;

/**
 * A process about to be started.
 *
 * @param name of the server
 * @param placement which cores it gets
 * @param port that it will listen on; 0: it picks one and prints the address
 * @param command without pinning
 */
record Launch(String name, Placement placement, int port, List<String> command) {}
