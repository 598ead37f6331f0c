package dev.leantea.typed;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Constructor;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;

/**
 * Access to the application's records and codecs.
 *
 * @param lookup used for access
 * @param ours whether the lookup is this package's and not the application's
 */
record Members(Lookup lookup, boolean ours) {
  /** A record's constructor, as {@code (Object[]) -> Object}. */
  MethodHandle constructor(Class<?> type) {
    RecordComponent[] components = type.getRecordComponents();
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      Constructor<?> constructor = type.getDeclaredConstructor(types);
      open(constructor, type);
      return lookup
          .unreflectConstructor(constructor)
          .asSpreader(Object[].class, types.length)
          .asType(MethodType.methodType(Object.class, Object[].class));
    } catch (ReflectiveOperationException e) {
      throw closed(type, e);
    }
  }

  /** A component's accessor, as {@code (Object) -> Object}. */
  MethodHandle accessor(RecordComponent component) {
    Method accessor = component.getAccessor();
    try {
      open(accessor, accessor.getDeclaringClass());
      return lookup.unreflect(accessor).asType(MethodType.methodType(Object.class, Object.class));
    } catch (IllegalAccessException e) {
      throw closed(accessor.getDeclaringClass(), e);
    }
  }

  /** A codec, made by its constructor without arguments. */
  Codec<?> codec(Class<? extends Codec<?>> type) {
    try {
      Constructor<? extends Codec<?>> constructor = type.getDeclaredConstructor();
      open(constructor, type);
      MethodHandle handle = lookup.unreflectConstructor(constructor);
      return (Codec<?>) handle.invoke();
    } catch (Throwable e) {
      throw closed(type, e);
    }
  }

  /** Where the application gave its own lookup there is nothing to open. */
  private void open(AccessibleObject member, Class<?> type) {
    if (!ours) {
      return;
    }
    try {
      member.setAccessible(true);
    } catch (InaccessibleObjectException e) {
      throw closed(type, e);
    }
  }

  private static IllegalArgumentException closed(Class<?> type, Throwable cause) {
    return new IllegalArgumentException(
        ("%s: expected access to its constructor and components, got %s;"
                + " open package %s to dev.leantea, or give Routes.of a MethodHandles.lookup()")
            .formatted(type.getName(), cause, type.getPackageName()),
        cause);
  }
}
