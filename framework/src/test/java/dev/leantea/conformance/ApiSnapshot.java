package dev.leantea.conformance;

import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The public API of a module as text, in lines: each public or protected type of the packages that
 * the module exports to everybody, and under it its public and protected members.
 *
 * <p>Left out is what the compiler adds to every type of a kind: a record's accessors and its
 * canonical constructor, which its components tell, {@code values} and {@code valueOf} of an enum,
 * and {@code equals}, {@code hashCode} and {@code toString}.
 */
final class ApiSnapshot {
  private static final Set<String> OF_EVERY_OBJECT = Set.of("equals", "hashCode", "toString");
  private static final Set<String> OF_EVERY_ENUM = Set.of("values", "valueOf");

  private final Path classes;
  private final List<String> lines = new ArrayList<>();

  private ApiSnapshot(Path classes) {
    this.classes = classes;
  }

  /**
   * The API of a module.
   *
   * @param classes the folder of its class files and its descriptor
   */
  static List<String> of(Path classes) throws IOException, ClassNotFoundException {
    var snapshot = new ApiSnapshot(classes);
    for (String name : snapshot.exported()) {
      snapshot.lines.add("package " + name);
      for (Class<?> type : snapshot.types(name)) {
        snapshot.add(type);
      }
    }
    return snapshot.lines;
  }

  private Set<String> exported() throws IOException {
    try (InputStream in = Files.newInputStream(classes.resolve("module-info.class"))) {
      return ModuleDescriptor.read(in).exports().stream()
          .filter(exports -> !exports.isQualified())
          .map(ModuleDescriptor.Exports::source)
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private List<Class<?>> types(String packageName) throws IOException, ClassNotFoundException {
    var names = new TreeSet<String>();
    try (Stream<Path> files = Files.list(classes.resolve(packageName.replace('.', '/')))) {
      files
          .map(file -> file.getFileName().toString())
          .filter(file -> file.endsWith(".class") && !file.equals("package-info.class"))
          .map(file -> file.substring(0, file.length() - ".class".length()))
          .forEach(names::add);
    }
    var types = new ArrayList<Class<?>>();
    for (String name : names) {
      Class<?> type =
          Class.forName(packageName + "." + name, false, ApiSnapshot.class.getClassLoader());
      if (isVisible(type)) {
        types.add(type);
      }
    }
    return types;
  }

  private static boolean isVisible(Class<?> type) {
    Class<?> outer = type.getEnclosingClass();
    return isVisible(type.getModifiers())
        && !type.isAnonymousClass()
        && (outer == null || isVisible(outer));
  }

  private static boolean isVisible(int modifiers) {
    return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
  }

  private void add(Class<?> type) {
    lines.add("  " + ApiText.header(type));
    Stream.of(fields(type), constructors(type), methods(type))
        .flatMap(members -> members)
        .forEach(member -> lines.add("    " + member));
  }

  private static Stream<String> fields(Class<?> type) {
    return Arrays.stream(type.getDeclaredFields())
        .filter(ApiSnapshot::isApi)
        .filter(field -> !field.isEnumConstant())
        .sorted(Comparator.comparing(Field::getName))
        .map(ApiText::field);
  }

  private static Stream<String> constructors(Class<?> type) {
    return Arrays.stream(type.getDeclaredConstructors())
        .filter(ApiSnapshot::isApi)
        .filter(constructor -> !isCanonical(constructor))
        .map(ApiText::constructor)
        .sorted();
  }

  private static Stream<String> methods(Class<?> type) {
    return Arrays.stream(type.getDeclaredMethods())
        .filter(ApiSnapshot::isApi)
        .filter(method -> !isOfEveryType(type, method))
        .sorted(Comparator.comparing(Method::getName).thenComparing(ApiText::method))
        .map(ApiText::method);
  }

  private static boolean isApi(Member member) {
    return isVisible(member.getModifiers()) && !member.isSynthetic();
  }

  private static boolean isCanonical(Constructor<?> constructor) {
    Class<?> type = constructor.getDeclaringClass();
    return type.isRecord()
        && Arrays.equals(
            constructor.getParameterTypes(),
            Arrays.stream(type.getRecordComponents()).map(RecordComponent::getType).toArray());
  }

  private static boolean isOfEveryType(Class<?> type, Method method) {
    boolean accessor =
        type.isRecord()
            && Arrays.stream(type.getRecordComponents())
                .anyMatch(component -> component.getAccessor().equals(method));
    return accessor
        || OF_EVERY_OBJECT.contains(method.getName())
        || (type.isEnum() && OF_EVERY_ENUM.contains(method.getName()));
  }
}
