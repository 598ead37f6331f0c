package dev.leantea.routing;

import java.util.List;

/** The route of a request, or why there is none. */
sealed interface Match {
  /** A route, and the decoded values of its placeholders. */
  record Found(Route route, List<String> values) implements Match {}

  /** No route. */
  sealed interface Missing extends Match {}

  /** No such path. */
  record NoPath() implements Missing {}

  /** Neither a standard method nor one of any route. */
  record UnknownMethod() implements Missing {}

  /** The path exists, but none of its routes is for the method. */
  record OtherMethods(List<Route> routes) implements Missing {}
}
