package dev.leantea.bench.harness.report;

/**
 * One kind of load, the same for every server.
 *
 * @param placement which cores are used
 * @param route path and query
 * @param connections kept alive at once
 * @param pipeline requests sent before an answer is awaited; 1 is no pipelining
 * @param transport what requests are sent over
 */
public record Load(
    Placement placement, String route, int connections, int pipeline, Transport transport) {
  /** A load without TLS. */
  public Load(Placement placement, String route, int connections, int pipeline) {
    this(placement, route, connections, pipeline, Transport.TCP);
  }

  /** What requests are sent over. */
  public enum Transport {
    TCP(""),
    TLS(" TLS"),
    /** A new connection with a full handshake for each request. */
    NEW_TLS(" TLS, new connections");

    private final String label;

    Transport(String label) {
      this.label = label;
    }

    /** The scheme of its URLs. */
    public String scheme() {
      return this == TCP ? "http" : "https";
    }
  }

  /** Which cores the server and wrk run on. */
  public enum Placement {
    /** The server on one core, wrk on others: the figure is what a request costs the server. */
    PINNED("pinned"),
    /** Both on all cores: the figure is what the machine gives. */
    SHARED("unpinned");

    private final String label;

    Placement(String label) {
      this.label = label;
    }

    public String label() {
      return label;
    }
  }

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
        + transport.label
        + (placement == Placement.PINNED ? "" : " " + placement.label());
  }
}
