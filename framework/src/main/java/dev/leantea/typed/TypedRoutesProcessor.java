package dev.leantea.typed;

import dev.leantea.typed.Declaration.Component;
import dev.leantea.typed.Declaration.Kind;
import dev.leantea.typed.RouteRules.Problem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.tools.Diagnostic;
import org.jspecify.annotations.Nullable;

/**
 * Reports wrong declarations of routes as compile errors. The compiler finds it in this jar where
 * annotation processing is on ({@code -proc:full}, or the jar on the processor path).
 *
 * <p>A record's routes are those of the first sealed interface that it implements: each of them
 * must have a {@link Path}. The widest sealed interface above it whose records all have one is
 * checked as a whole.
 */
@SupportedAnnotationTypes("dev.leantea.typed.Path")
public final class TypedRoutesProcessor extends AbstractProcessor {
  /** An error that was reported: an interface may be processed in several rounds. */
  private record Report(Element element, String message) {}

  private final Set<Report> reported = new HashSet<>();

  /** For the compiler's service loader. */
  public TypedRoutesProcessor() {}

  @Override
  public SourceVersion getSupportedSourceVersion() {
    return SourceVersion.latestSupported();
  }

  @Override
  public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
    var tables = new LinkedHashSet<TypeElement>();
    for (TypeElement type : ElementFilter.typesIn(round.getElementsAnnotatedWith(Path.class))) {
      TypeElement table = table(type);
      if (table == null) {
        report(type, "route " + type.getSimpleName() + ": expected " + expectedOf(type));
      } else {
        tables.add(widest(table));
      }
    }
    tables.forEach(this::check);
    return false;
  }

  /** The first sealed interface of a type, or null. */
  private static @Nullable TypeElement table(TypeElement type) {
    return interfaces(type).stream()
        .filter(ElementReader::isSealedInterface)
        .findFirst()
        .orElse(null);
  }

  private static List<TypeElement> interfaces(TypeElement type) {
    var found = new ArrayList<TypeElement>();
    for (TypeMirror each : type.getInterfaces()) {
      TypeElement element = ElementReader.element(each);
      if (element != null) {
        found.add(element);
      }
    }
    return found;
  }

  private static String expectedOf(TypeElement type) {
    Kind kind = ElementReader.declaration(type).kind();
    return kind == Kind.RECORD
        ? "a record of a sealed interface, got one that implements none"
        : "a record, got " + kind.text;
  }

  private static TypeElement widest(TypeElement table) {
    for (TypeElement above : interfaces(table)) {
      if (ElementReader.isSealedInterface(above) && isAllRoutes(above)) {
        return widest(above);
      }
    }
    return table;
  }

  private static boolean isAllRoutes(TypeElement table) {
    return ElementReader.leaves(table).stream()
        .allMatch(leaf -> leaf.getAnnotation(Path.class) != null);
  }

  private void check(TypeElement table) {
    // By identity: two records may be declared alike.
    var sources = new IdentityHashMap<Declaration, TypeElement>();
    var declarations = new ArrayList<Declaration>();
    for (TypeElement leaf : ElementReader.leaves(table)) {
      Declaration declaration = ElementReader.declaration(leaf);
      sources.put(declaration, leaf);
      declarations.add(declaration);
    }
    for (Problem problem : RouteRules.check(declarations)) {
      TypeElement source = sources.get(problem.declaration());
      if (source != null) {
        report(at(source, problem.component()), problem.message());
      }
    }
  }

  /** The component's field, which has a position in the source. */
  private static Element at(TypeElement source, @Nullable Component component) {
    return ElementFilter.fieldsIn(source.getEnclosedElements()).stream()
        .filter(field -> component != null && field.getSimpleName().contentEquals(component.name()))
        .<Element>map(field -> field)
        .findFirst()
        .orElse(source);
  }

  private void report(Element element, String message) {
    if (reported.add(new Report(element, message))) {
      processingEnv.getMessager().printMessage(Diagnostic.Kind.ERROR, message, element);
    }
  }
}
