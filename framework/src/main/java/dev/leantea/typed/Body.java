package dev.leantea.typed;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks the component of a route that is read from the request's body, as JSON. Any type that
 * Jackson reads will do. At most one for a route, and only where the method has a body.
 *
 * <pre>{@code
 * @Path(value = "/users", method = "POST")  record CreateUser(@Body NewUser user) implements Page {}
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Body {}
