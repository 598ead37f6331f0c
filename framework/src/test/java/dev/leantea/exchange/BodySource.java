package dev.leantea.exchange;

import dev.leantea.http.ExchangeListener;
import dev.leantea.http.Limits;
import dev.leantea.http.Response;
import java.util.ArrayList;
import java.util.List;

/** A connection's side of a body: notes what it is asked for. */
public final class BodySource implements IncomingBody.Source {
  public final List<String> calls = new ArrayList<>();
  private final Runnable pull;
  private final boolean pulls;

  /** Bytes come from another thread, or never. */
  public BodySource() {
    this(() -> {}, false);
  }

  /** Bytes come from this call. */
  BodySource(Runnable pull) {
    this(pull, true);
  }

  private BodySource(Runnable pull, boolean pulls) {
    this.pull = pull;
    this.pulls = pulls;
  }

  /** A body with this source. */
  public IncomingBody body(long declaredLength, int memoryLimit) {
    return new IncomingBody(this, declaredLength, application(memoryLimit));
  }

  static Application application(int memoryLimit) {
    return new Application(
        _ -> Response.empty(200),
        Limits.DEFAULTS.withBodyInMemory(memoryLimit),
        ExchangeListener.NONE);
  }

  @Override
  public void firstRead() {
    calls.add("firstRead");
  }

  @Override
  public void demand() {
    calls.add("demand");
  }

  @Override
  public boolean pulls() {
    return pulls;
  }

  @Override
  public void pull() {
    pull.run();
  }
}
