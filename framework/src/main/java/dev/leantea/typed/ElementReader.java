package dev.leantea.typed;

import dev.leantea.typed.Declaration.CodecUse;
import dev.leantea.typed.Declaration.Component;
import dev.leantea.typed.Declaration.Kind;
import dev.leantea.typed.Declaration.Mapping;
import java.lang.annotation.AnnotationTypeMismatchException;
import java.lang.annotation.IncompleteAnnotationException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.RecordComponentElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import org.jspecify.annotations.Nullable;

/** Reads declarations from sources, as {@link Reflection} does from classes. */
final class ElementReader {
  private ElementReader() {}

  static boolean isSealedInterface(TypeElement type) {
    return type.getKind() == ElementKind.INTERFACE && type.getModifiers().contains(Modifier.SEALED);
  }

  /** The types at the leaves of a sealed interface, in the order of the source. */
  static Set<TypeElement> leaves(TypeElement type) {
    var leaves = new LinkedHashSet<TypeElement>();
    collect(type, leaves);
    return leaves;
  }

  private static void collect(TypeElement type, Set<TypeElement> leaves) {
    for (TypeMirror mirror : type.getPermittedSubclasses()) {
      TypeElement permitted = element(mirror);
      if (permitted != null && isSealedInterface(permitted)) {
        collect(permitted, leaves);
      } else if (permitted != null) {
        leaves.add(permitted);
      }
    }
  }

  /** The class of a type; null when it is none. */
  static @Nullable TypeElement element(TypeMirror type) {
    return type instanceof DeclaredType declared
            && declared.asElement() instanceof TypeElement found
        ? found
        : null;
  }

  static Declaration declaration(TypeElement type) {
    return new Declaration(
        type.getSimpleName().toString(),
        kind(type),
        mapping(type),
        type.getRecordComponents().stream().map(ElementReader::component).toList());
  }

  private static Kind kind(TypeElement type) {
    return switch (type.getKind()) {
      case RECORD -> type.getTypeParameters().isEmpty() ? Kind.RECORD : Kind.GENERIC_RECORD;
      case ENUM -> Kind.ENUM;
      case INTERFACE, ANNOTATION_TYPE -> Kind.INTERFACE;
      default -> Kind.CLASS;
    };
  }

  private static @Nullable Mapping mapping(TypeElement type) {
    Path path = type.getAnnotation(Path.class);
    try {
      return path == null ? null : new Mapping(path.value(), path.method());
    } catch (IncompleteAnnotationException | AnnotationTypeMismatchException e) {
      return new Mapping("/", "GET"); // javac says what is wrong with the annotation itself
    }
  }

  private static Component component(RecordComponentElement component) {
    TypeMirror type = component.asType();
    TypeElement own = codec(component);
    TypeElement codec = own == null ? codecOfType(single(type)) : own;
    return new Component(
        component.getSimpleName().toString(),
        valueType(type, own != null),
        codec == null ? null : codecUse(codec),
        component.getAnnotation(Body.class) != null);
  }

  private static @Nullable TypeElement codecOfType(TypeMirror type) {
    TypeElement element = element(type);
    return element == null ? null : codec(element);
  }

  /** The class that {@link Coded} names; null when there is none. */
  private static @Nullable TypeElement codec(Element element) {
    for (AnnotationMirror annotation : element.getAnnotationMirrors()) {
      TypeElement type = element(annotation.getAnnotationType());
      if (type != null && type.getQualifiedName().contentEquals(Coded.class.getName())) {
        return annotation.getElementValues().values().stream()
            .map(AnnotationValue::getValue)
            .filter(TypeMirror.class::isInstance)
            .map(value -> element((TypeMirror) value))
            .findFirst()
            .orElse(null);
      }
    }
    return null;
  }

  private static CodecUse codecUse(TypeElement codec) {
    ValueType values = null;
    for (TypeMirror each : codec.getInterfaces()) {
      if (name(each).equals(Codec.class.getName()) && !arguments(each).isEmpty()) {
        values = valueType(arguments(each).getFirst(), false);
      }
    }
    return new CodecUse(codec.getSimpleName().toString(), isConstructible(codec), values);
  }

  private static boolean isConstructible(TypeElement type) {
    boolean inner =
        type.getNestingKind().isNested()
            && type.getKind() == ElementKind.CLASS
            && !type.getModifiers().contains(Modifier.STATIC);
    return !inner
        && !type.getModifiers().contains(Modifier.ABSTRACT)
        && ElementFilter.constructorsIn(type.getEnclosedElements()).stream()
            .anyMatch(constructor -> constructor.getParameters().isEmpty());
  }

  /** As {@link Reflection} describes it. */
  private static ValueType valueType(TypeMirror type, boolean coded) {
    List<? extends TypeMirror> arguments = arguments(type);
    boolean inside = coded && isContainer(type);
    TypeElement element = element(type);
    boolean known =
        element != null && (element.getKind() == ElementKind.ENUM || codec(element) != null);
    return new ValueType(
        name(type),
        text(type),
        known || (coded && !inside),
        arguments.stream().map(each -> valueType(each, inside)).toList());
  }

  private static TypeMirror single(TypeMirror type) {
    return isContainer(type) ? arguments(type).getFirst() : type;
  }

  private static boolean isContainer(TypeMirror type) {
    return arguments(type).size() == 1
        && (name(type).equals("java.util.Optional") || name(type).equals("java.util.List"));
  }

  private static List<? extends TypeMirror> arguments(TypeMirror type) {
    return type instanceof DeclaredType declared ? declared.getTypeArguments() : List.of();
  }

  private static String name(TypeMirror type) {
    if (type.getKind().isPrimitive()) {
      return type.getKind().name().toLowerCase(Locale.ROOT);
    }
    TypeElement element = element(type);
    return element == null ? type.toString() : element.getQualifiedName().toString();
  }

  /** As the source has it, without packages. */
  private static String text(TypeMirror type) {
    if (type instanceof ArrayType array) {
      return text(array.getComponentType()) + "[]";
    }
    TypeElement element = element(type);
    if (element == null) {
      return name(type);
    }
    String arguments =
        arguments(type).stream().map(ElementReader::text).collect(Collectors.joining(", "));
    return element.getSimpleName() + (arguments.isEmpty() ? "" : "<" + arguments + ">");
  }
}
