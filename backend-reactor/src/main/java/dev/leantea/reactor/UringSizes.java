package dev.leantea.reactor;

/**
 * Sizes of one engine's rings and pools. Buffer sizes are in bytes.
 *
 * @param submissions entries of the submission ring; a power of two. When it is full within a turn,
 *     the entries are submitted
 * @param completions entries of the completion ring; a power of two. Further completions wait in
 *     the kernel
 * @param receiveBuffers number of receive buffers; a power of two. Connections that get none in a
 *     turn wait for the next one
 * @param receiveBytes size of each receive buffer
 * @param smallSends number of send buffers for small responses. When none is free, connections wait
 * @param smallBytes size of each small send buffer
 * @param largeSends number of send buffers for large bodies
 * @param largeBytes size of each large send buffer
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
