package dev.leantea.reactor;

/**
 * Sizes of one engine's rings and pools.
 *
 * @param submissions entries; a power of two. When they are full in the middle of a turn, they are
 *     submitted
 * @param completions entries; a power of two. What does not fit waits in the kernel
 * @param receiveBuffers a power of two. When there are not enough for one turn, connections wait
 *     for the next one
 * @param receiveBytes of each
 * @param smallSends buffers for responses in memory. When there are none left, connections wait
 * @param smallBytes of each
 * @param largeSends buffers for large bodies
 * @param largeBytes of each
 */
record UringSizes(
    int submissions,
    int completions,
    int receiveBuffers,
    int receiveBytes,
    int smallSends,
    int smallBytes,
    int largeSends,
    int largeBytes) {
  static final UringSizes DEFAULTS =
      new UringSizes(1024, 4096, 256, 4 * 1024, 4096, 4 * 1024, 128, 64 * 1024);
}
