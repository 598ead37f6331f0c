package dev.leantea.typed;

import dev.leantea.typed.Declaration.CodecUse;
import dev.leantea.typed.Declaration.Component;
import dev.leantea.typed.Declaration.Kind;
import dev.leantea.typed.Declaration.Mapping;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads declarations from classes, as {@link ElementReader} does from sources. */
final class Reflection {
  private Reflection() {}

  /** The types at the leaves of a sealed interface, in the order of the source. */
  static Set<Class<?>> leaves(Class<?> type) {
    var leaves = new LinkedHashSet<Class<?>>();
    collect(type, leaves);
    return leaves;
  }

  private static void collect(Class<?> type, Set<Class<?>> leaves) {
    for (Class<?> permitted : type.getPermittedSubclasses()) {
      if (permitted.isInterface() && permitted.isSealed()) {
        collect(permitted, leaves);
      } else {
        leaves.add(permitted);
      }
    }
  }

  static Declaration declaration(Class<?> type) {
    RecordComponent[] components =
        type.isRecord() ? type.getRecordComponents() : new RecordComponent[0];
    return new Declaration(
        type.getSimpleName(),
        kind(type),
        mapping(type),
        Arrays.stream(components).map(Reflection::component).toList());
  }

  private static Kind kind(Class<?> type) {
    if (type.isRecord()) {
      return type.getTypeParameters().length == 0 ? Kind.RECORD : Kind.GENERIC_RECORD;
    }
    return type.isInterface() ? Kind.INTERFACE : type.isEnum() ? Kind.ENUM : Kind.CLASS;
  }

  private static @Nullable Mapping mapping(Class<?> type) {
    Path path = type.getAnnotation(Path.class);
    return path == null ? null : new Mapping(path.value(), path.method());
  }

  private static Component component(RecordComponent component) {
    Type type = component.getGenericType();
    boolean coded = component.isAnnotationPresent(Coded.class);
    Coded codec = coded(component);
    return new Component(
        component.getName(),
        valueType(type, coded),
        codec == null ? null : codecUse(codec.value()),
        component.isAnnotationPresent(Body.class));
  }

  /** The codec of a component: its own, or that of its type. */
  static @Nullable Coded coded(RecordComponent component) {
    Coded own = component.getAnnotation(Coded.class);
    return own == null
        ? rawClass(single(component.getGenericType())).getAnnotation(Coded.class)
        : own;
  }

  private static CodecUse codecUse(Class<? extends Codec<?>> codec) {
    ValueType values = null;
    for (Type each : codec.getGenericInterfaces()) {
      if (each instanceof ParameterizedType generic && generic.getRawType() == Codec.class) {
        values = valueType(generic.getActualTypeArguments()[0], false);
      }
    }
    return new CodecUse(codec.getSimpleName(), isConstructible(codec), values);
  }

  private static boolean isConstructible(Class<?> type) {
    return !Modifier.isAbstract(type.getModifiers())
        && Arrays.stream(type.getDeclaredConstructors())
            .anyMatch(constructor -> constructor.getParameterCount() == 0);
  }

  /** What is inside of an Optional or a List. */
  static Type single(Type type) {
    if (type instanceof ParameterizedType generic && isContainer(generic.getRawType())) {
      return generic.getActualTypeArguments()[0];
    }
    return type == OptionalInt.class ? int.class : type == OptionalLong.class ? long.class : type;
  }

  /**
   * Describes a type.
   *
   * @param coded whether the component names a codec, for it or for what is inside
   */
  private static ValueType valueType(Type type, boolean coded) {
    return switch (type) {
      case ParameterizedType generic -> {
        Type[] arguments = generic.getActualTypeArguments();
        boolean inside = coded && arguments.length == 1 && isContainer(generic.getRawType());
        yield new ValueType(
            rawClass(generic).getName(),
            text(generic),
            (coded && !inside) || rawClass(generic).isAnnotationPresent(Coded.class),
            Arrays.stream(arguments).map(each -> valueType(each, inside)).toList());
      }
      case Class<?> plain ->
          new ValueType(
              plain.getName(),
              text(plain),
              coded || plain.isEnum() || plain.isAnnotationPresent(Coded.class),
              List.of());
      default -> new ValueType(type.getTypeName(), text(type), coded, List.of());
    };
  }

  private static boolean isContainer(Type type) {
    return type == Optional.class || type == List.class;
  }

  static Class<?> rawClass(Type type) {
    return switch (type) {
      case Class<?> plain -> plain;
      case ParameterizedType generic -> rawClass(generic.getRawType());
      default -> Object.class;
    };
  }

  /** As the source would have it, without packages. */
  private static String text(Type type) {
    return switch (type) {
      case Class<?> plain -> plain.getSimpleName();
      case ParameterizedType generic ->
          rawClass(generic).getSimpleName()
              + Arrays.stream(generic.getActualTypeArguments())
                  .map(Reflection::text)
                  .collect(Collectors.joining(", ", "<", ">"));
      case GenericArrayType array -> text(array.getGenericComponentType()) + "[]";
      default -> type.getTypeName();
    };
  }
}
