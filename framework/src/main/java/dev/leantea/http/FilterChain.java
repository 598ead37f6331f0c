package dev.leantea.http;

import java.util.function.UnaryOperator;

/** A filter with a declared execution. */
record FilterChain(UnaryOperator<Handler> wrap, Execution execution) implements Filter {
  static FilterChain of(Filter outer, Filter inner) {
    boolean never =
        outer.execution() == Execution.NON_BLOCKING && inner.execution() == Execution.NON_BLOCKING;
    return new FilterChain(
        next -> outer.apply(inner.apply(next)),
        never ? Execution.NON_BLOCKING : Execution.BLOCKING);
  }

  @Override
  public Handler apply(Handler next) {
    return wrap.apply(next);
  }
}
