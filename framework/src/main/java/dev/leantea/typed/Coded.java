package dev.leantea.typed;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names the codec of a type that is used in routes: on the type itself, or, if the type is not the
 * application's, on the component. On a component of {@code Optional} or {@code List} it is the
 * codec of the values in it. A component's codec takes precedence over its type's.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.RECORD_COMPONENT})
public @interface Coded {
  /** The codec; it needs a constructor without arguments. */
  Class<? extends Codec<?>> value();
}
