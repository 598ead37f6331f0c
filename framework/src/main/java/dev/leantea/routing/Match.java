package dev.leantea.routing;

import dev.leantea.http.Method;
import java.util.List;
import java.util.Set;

/** What became of a request at the segment tree. */
sealed interface Match {
  /** A route, and the decoded values of its placeholders. */
  record Found(Route route, List<String> values) implements Match {}

  /** The path exists, but not for this method. */
  record WrongMethod(Set<Method> allowed) implements Match {}

  /** OPTIONS, and no route of its own. */
  record Options(Set<Method> allowed) implements Match {}

  /** No such path. */
  record Nothing() implements Match {}
}
