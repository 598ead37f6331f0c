package dev.leantea.routing;

import dev.leantea.http.Execution;
import dev.leantea.http.Filter;
import dev.leantea.http.Handler;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The filters around a route: one, and the scope around it. The outermost scope has no filter. */
final class Scope {
  static final Scope NO_FILTER = new Scope(null, Filter.nonBlocking(next -> next));

  private final @Nullable Scope outer;
  private final Filter filter;
  private final int depth;

  private Scope(@Nullable Scope outer, Filter filter) {
    this.outer = outer;
    this.filter = filter;
    this.depth = outer == null ? 0 : outer.depth + 1;
  }

  Scope with(Filter inner) {
    return new Scope(this, inner);
  }

  /**
   * All filters around a handler.
   *
   * @param layer put around the handler and around each filter
   */
  Handler around(Handler handler, UnaryOperator<Handler> layer) {
    Handler inner = layer.apply(handler);
    return outer == null ? inner : outer.around(filter.apply(inner), layer);
  }

  /** This scope and those around it. */
  List<Scope> outwards() {
    var scopes = new ArrayList<Scope>();
    for (Scope scope = this; scope != null; scope = scope.outer) {
      scopes.add(scope);
    }
    return scopes;
  }

  /** Where code runs that has all filters around it, and does not block itself. */
  Execution execution() {
    return outer == null ? filter.execution() : filter.execution().and(outer.execution());
  }

  /** The innermost scope around both. */
  Scope shared(Scope other) {
    Scope left = cut(other.depth);
    Scope right = other.cut(depth);
    while (left != right && left.outer != null && right.outer != null) {
      left = left.outer;
      right = right.outer;
    }
    return left;
  }

  private Scope cut(int maxDepth) {
    Scope scope = this;
    while (scope.depth > maxDepth && scope.outer != null) {
      scope = scope.outer;
    }
    return scope;
  }
}
