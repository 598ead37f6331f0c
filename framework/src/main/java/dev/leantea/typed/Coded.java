package dev.leantea.typed;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names the codec of a type that routes carry: on the type itself, or, where it is somebody else's,
 * on the component. On a component of {@code Optional} or {@code List} it is the codec of what is
 * inside. A component's codec goes before its type's.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.RECORD_COMPONENT})
public @interface Coded {
  /** The codec; has a constructor without arguments. */
  Class<? extends Codec<?>> value();
}
