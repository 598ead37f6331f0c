package dev.leantea.bench.harness.result;

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

  /** The word that people read. */
  public String label() {
    return label;
  }
}
