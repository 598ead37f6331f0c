package dev.leantea.http;

import java.util.function.UnaryOperator;

/** A filter with a declared execution. */
record DeclaredFilter(UnaryOperator<Handler> wrapper, Execution execution) implements Filter {
  static Filter chain(Filter outer, Filter inner) {
    return new DeclaredFilter(
        next -> outer.apply(inner.apply(next)), outer.execution().and(inner.execution()));
  }

  @Override
  public Handler wrap(Handler next) {
    return wrapper.apply(next);
  }
}
