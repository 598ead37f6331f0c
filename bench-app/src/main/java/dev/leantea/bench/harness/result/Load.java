package dev.leantea.bench.harness.result;

/**
 * One kind of load, the same for every server.
 *
 * @param placement which cores are used
 * @param route path and query
 * @param connections kept alive at once
 * @param pipeline requests sent before an answer is awaited; 1 is no pipelining
 */
public record Load(Placement placement, String route, int connections, int pipeline) {
  /** The route without its query. */
  public String path() {
    int query = route.indexOf('?');
    return query < 0 ? route : route.substring(0, query);
  }

  /** Short and complete, for a line of text: {@code /health c128 ×16 unpinned}. */
  public String label() {
    return path()
        + " c"
        + connections
        + (pipeline == 1 ? "" : " ×" + pipeline)
        + (placement == Placement.PINNED ? "" : " " + placement.label());
  }
}
