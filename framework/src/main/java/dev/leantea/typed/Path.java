package dev.leantea.typed;

import dev.leantea.http.Execution;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The path of a route, on a record of a sealed interface. Each placeholder names a component of the
 * record; the other components are query parameters, and one may be the {@link Body}.
 *
 * <pre>{@code
 * @Path("/users/{id}/posts")  record Posts(long id, OptionalInt page) implements Page {}
 *                                                // /users/42/posts?page=2
 * }</pre>
 *
 * <p>A value that does not fit its type, or that the record's constructor refuses with an {@link
 * IllegalArgumentException}, is answered by the framework: 404 in a path, else 400 with a message
 * that names the parameter, or is the constructor's.
 *
 * <p>{@link TypedRoutesProcessor} reports a wrong declaration when it is compiled, {@link
 * Routes#of} when the application starts, with the same messages.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Path {
  /**
   * The pattern, from the root; {@link dev.leantea.routing.PathPattern} says what it looks like.
   */
  String value();

  /** The method that the route answers: the name of a {@link dev.leantea.http.Method}. */
  String method() default "GET";

  /** Which thread answers the route; see {@link dev.leantea.http.Handler#nonBlocking}. */
  Execution execution() default Execution.BLOCKING;
}
