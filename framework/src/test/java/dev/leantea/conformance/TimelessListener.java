package dev.leantea.conformance;

import dev.leantea.wire.WireListener;

/** A listener for tests of a wire: it has no deadlines, and a drain may end it at any time. */
public abstract class TimelessListener implements WireListener {
  @Override
  public void tick() {}

  @Override
  public void drain() {}

  @Override
  public long deadline() {
    return NEVER;
  }

  @Override
  public boolean isIdle() {
    return false;
  }

  @Override
  public boolean isDrainable() {
    return true;
  }
}
