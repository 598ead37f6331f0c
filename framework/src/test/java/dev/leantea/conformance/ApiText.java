package dev.leantea.conformance;

import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Declarations as text, much as the source has them. */
final class ApiText {
  private ApiText() {}

  /** {@code public final class Name<T> extends A implements B}. */
  static String header(Class<?> type) {
    var text = new StringBuilder(modifiers(type)).append(kind(type)).append(' ');
    text.append(name(type.getTypeName())).append(variables(type.getTypeParameters()));
    if (type.isRecord()) {
      text.append(
          Arrays.stream(type.getRecordComponents())
              .map(component -> name(component.getGenericType()) + " " + component.getName())
              .collect(Collectors.joining(", ", "(", ")")));
    }
    text.append(list(" extends ", type.isInterface() ? List.of() : superclass(type)));
    text.append(list(type.isInterface() ? " extends " : " implements ", interfaces(type)));
    if (type.isSealed()) {
      text.append(list(" permits ", List.of(type.getPermittedSubclasses())));
    }
    if (type.isEnum()) {
      text.append(
          Arrays.stream(type.getEnumConstants())
              .map(constant -> ((Enum<?>) constant).name())
              .collect(Collectors.joining(", ", " {", "}")));
    }
    return text.toString();
  }

  private static String kind(Class<?> type) {
    if (type.isAnnotation()) {
      return "@interface";
    } else if (type.isInterface()) {
      return "interface";
    } else if (type.isEnum()) {
      return "enum";
    }
    return type.isRecord() ? "record" : "class";
  }

  /** Without those that the kind of the type implies. */
  private static String modifiers(Class<?> type) {
    int modifiers = type.getModifiers() & Modifier.classModifiers() & ~Modifier.STATIC;
    if (type.isInterface()) {
      modifiers &= ~Modifier.ABSTRACT;
    } else if (type.isEnum() || type.isRecord()) {
      modifiers &= ~Modifier.FINAL & ~Modifier.ABSTRACT;
    }
    return Modifier.toString(modifiers) + (type.isSealed() && !type.isEnum() ? " sealed " : " ");
  }

  private static List<Type> superclass(Class<?> type) {
    Type superclass = type.getGenericSuperclass();
    return superclass == null || superclass == Object.class || type.isEnum() || type.isRecord()
        ? List.of()
        : List.of(superclass);
  }

  private static List<Type> interfaces(Class<?> type) {
    return type.isAnnotation() ? List.of() : List.of(type.getGenericInterfaces());
  }

  private static String list(String prefix, List<? extends Type> types) {
    return types.isEmpty()
        ? ""
        : types.stream().map(ApiText::name).collect(Collectors.joining(", ", prefix, ""));
  }

  static String field(Field field) {
    return modifiers(field.getModifiers(), Modifier.fieldModifiers())
        + name(field.getGenericType())
        + " "
        + field.getName();
  }

  static String constructor(Constructor<?> constructor) {
    return modifiers(constructor.getModifiers(), Modifier.constructorModifiers())
        + "new"
        + signature(constructor);
  }

  static String method(Method method) {
    String defaultValue =
        method.getDefaultValue() == null ? "" : " default " + method.getDefaultValue();
    return modifiers(method.getModifiers(), Modifier.methodModifiers())
        + (method.isDefault() ? "default " : "")
        + Stream.of(variables(method.getTypeParameters()), name(method.getGenericReturnType()))
            .filter(part -> !part.isEmpty())
            .collect(Collectors.joining(" "))
        + " "
        + method.getName()
        + signature(method)
        + defaultValue;
  }

  private static String signature(Executable executable) {
    String parameters =
        Arrays.stream(executable.getGenericParameterTypes())
            .map(ApiText::name)
            .collect(Collectors.joining(", ", "(", ")"));
    return parameters + list(" throws ", List.of(executable.getGenericExceptionTypes()));
  }

  private static String modifiers(int modifiers, int ofKind) {
    int shown = modifiers & ofKind & ~Modifier.SYNCHRONIZED & ~Modifier.NATIVE;
    return Modifier.toString(shown) + " ";
  }

  private static String variables(TypeVariable<?>[] variables) {
    return variables.length == 0
        ? ""
        : Arrays.stream(variables)
            .map(variable -> variable.getName() + bounds(variable))
            .collect(Collectors.joining(", ", "<", ">"));
  }

  private static String bounds(TypeVariable<?> variable) {
    return list(
        " extends ",
        Arrays.stream(variable.getBounds()).filter(bound -> bound != Object.class).toList());
  }

  private static String name(Type type) {
    return name(type.getTypeName());
  }

  private static String name(String typeName) {
    return typeName.replace('$', '.').replaceAll("\\bjava\\.lang\\.(?=[A-Z])", "");
  }
}
