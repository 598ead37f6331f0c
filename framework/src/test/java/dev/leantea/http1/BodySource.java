package dev.leantea.http1;

import java.util.ArrayList;
import java.util.List;

/** A connection's side of a body: notes what it is asked for. */
final class BodySource implements RequestBody.Source {
  final List<String> calls = new ArrayList<>();
  private final Runnable pull;
  private final boolean pulls;

  /** Octets come from another thread, or never. */
  BodySource() {
    this(() -> {}, false);
  }

  /** Octets come from this call. */
  BodySource(Runnable pull) {
    this(pull, true);
  }

  private BodySource(Runnable pull, boolean pulls) {
    this.pull = pull;
    this.pulls = pulls;
  }

  @Override
  public void firstRead() {
    calls.add("firstRead");
  }

  @Override
  public void more() {
    calls.add("more");
  }

  @Override
  public boolean pull() {
    pull.run();
    return pulls;
  }
}
