package dev.leantea;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The package table of docs/ARCHITECTURE.md, and what holds for all classes. */
class ArchitectureTest {
  /** What each package may import of ours. A package that is not here fails the test. */
  private static final Map<String, List<String>> MAY_IMPORT =
      Map.ofEntries(
          Map.entry("dev.leantea.json", List.of()),
          Map.entry("dev.leantea.loop", List.of()),
          Map.entry("dev.leantea.net", List.of("dev.leantea.loop")),
          Map.entry("dev.leantea.values", List.of()),
          Map.entry("dev.leantea.http", List.of("dev.leantea.json", "dev.leantea.values")),
          Map.entry("dev.leantea.wire", List.of("dev.leantea.http")),
          Map.entry(
              "dev.leantea.exchange",
              List.of("dev.leantea.http", "dev.leantea.wire", "dev.leantea.loop")),
          Map.entry(
              "dev.leantea.http1",
              List.of("dev.leantea.http", "dev.leantea.wire", "dev.leantea.exchange")),
          Map.entry(
              "dev.leantea.proxy",
              List.of("dev.leantea.http", "dev.leantea.net", "dev.leantea.wire")),
          Map.entry("dev.leantea.tls", List.of("dev.leantea.http")),
          Map.entry("dev.leantea.tls.certificate", List.of("dev.leantea.http", "dev.leantea.tls")),
          Map.entry(
              "dev.leantea.tls.engine",
              List.of(
                  "dev.leantea.http",
                  "dev.leantea.wire",
                  "dev.leantea.tls",
                  "dev.leantea.tls.certificate")),
          Map.entry(
              "dev.leantea.tls.openssl",
              List.of(
                  "dev.leantea.http",
                  "dev.leantea.wire",
                  "dev.leantea.tls",
                  "dev.leantea.tls.certificate",
                  "dev.leantea.tls.engine")),
          Map.entry(
              "dev.leantea.http2",
              List.of("dev.leantea.http", "dev.leantea.wire", "dev.leantea.exchange")),
          Map.entry("dev.leantea.routing", List.of("dev.leantea.http")),
          Map.entry(
              "dev.leantea.typed",
              List.of(
                  "dev.leantea.http",
                  "dev.leantea.routing",
                  "dev.leantea.json",
                  "dev.leantea.values")),
          Map.entry("dev.leantea.validation", List.of("dev.leantea.http", "dev.leantea.values")),
          Map.entry("dev.leantea.files", List.of("dev.leantea.http")),
          Map.entry("dev.leantea.filter", List.of("dev.leantea.http")),
          Map.entry("dev.leantea.forms", List.of("dev.leantea.http")),
          Map.entry("dev.leantea.security", List.of("dev.leantea.http", "dev.leantea.net")),
          Map.entry("dev.leantea.session", List.of("dev.leantea.http", "dev.leantea.json")),
          Map.entry("dev.leantea.log", List.of("dev.leantea.http", "dev.leantea.json")),
          Map.entry("dev.leantea.metrics", List.of("dev.leantea.http", "dev.leantea.backend")),
          Map.entry("dev.leantea.tracing", List.of("dev.leantea.http")),
          Map.entry("dev.leantea.bus", List.of()),
          Map.entry("dev.leantea.topic", List.of("dev.leantea.bus")),
          Map.entry(
              "dev.leantea.sse",
              List.of("dev.leantea.http", "dev.leantea.bus", "dev.leantea.topic")),
          Map.entry(
              "dev.leantea.websocket",
              List.of("dev.leantea.http", "dev.leantea.bus", "dev.leantea.topic")),
          Map.entry(
              "dev.leantea.backend",
              List.of("dev.leantea.http", "dev.leantea.net", "dev.leantea.tls")),
          Map.entry(
              "dev.leantea.server",
              List.of(
                  "dev.leantea.http",
                  "dev.leantea.backend",
                  "dev.leantea.loop",
                  "dev.leantea.wire",
                  "dev.leantea.exchange",
                  "dev.leantea.http1",
                  "dev.leantea.http2",
                  "dev.leantea.net",
                  "dev.leantea.proxy",
                  "dev.leantea.tls",
                  "dev.leantea.tls.certificate",
                  "dev.leantea.tls.engine",
                  "dev.leantea.tls.openssl")),
          Map.entry(
              "dev.leantea.testing",
              List.of(
                  "dev.leantea.backend",
                  "dev.leantea.http",
                  "dev.leantea.json",
                  "dev.leantea.websocket")),
          Map.entry("dev.leantea", List.of("dev.leantea.backend", "dev.leantea.http")));

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.leantea");

  static Set<String> packages() {
    return CLASSES.stream()
        .map(JavaClass::getPackageName)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @ParameterizedTest
  @MethodSource("packages")
  void eachPackage_importsOnlyWhatItMay(String name) {
    assertThat(MAY_IMPORT).as("packages with a rule").containsKey(name);
    List<String> allowed = MAY_IMPORT.getOrDefault(name, List.of());
    DescribedPredicate<JavaClass> forbidden =
        DescribedPredicate.describe(
            "ours, but neither in " + name + " nor in " + allowed,
            it ->
                it.getPackageName().startsWith("dev.leantea")
                    && !it.getPackageName().equals(name)
                    && !allowed.contains(it.getPackageName()));
    noClasses()
        .that()
        .resideInAPackage(name)
        .should()
        .dependOnClassesThat(forbidden)
        .check(CLASSES);
  }

  @Test
  void jackson_isUsedWhereJsonIsMade() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "dev.leantea.json",
            "dev.leantea.http",
            "dev.leantea.typed",
            "dev.leantea.testing",
            "dev.leantea.validation")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("tools.jackson..")
        .check(CLASSES);
  }

  @Test
  void codec_doesNoInputOrOutput() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "dev.leantea.http1", "dev.leantea.http2", "dev.leantea.sse", "dev.leantea.websocket")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.nio.channels..", "java.nio.file..", "javax.net..")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.net.Socket")
        .check(CLASSES);
  }

  @Test
  void packages_haveNoCycles() {
    slices().matching("dev.leantea.(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void classes_areFinal() {
    classes()
        .that()
        .areNotInterfaces()
        .and()
        .doNotHaveModifier(JavaModifier.ABSTRACT)
        .and()
        .areNotEnums()
        .and()
        .areNotAnonymousClasses()
        .and()
        .doNotHaveSimpleName("package-info")
        .should()
        .haveModifier(JavaModifier.FINAL)
        .check(CLASSES);
  }

  @Test
  void accessors_haveNoGet() {
    List<String> getters =
        CLASSES.stream()
            .filter(it -> it.getModifiers().contains(JavaModifier.PUBLIC))
            .flatMap(it -> it.getMethods().stream())
            .filter(it -> !isDeclaredElsewhere(it))
            .map(it -> it.getFullName())
            .filter(it -> it.matches(".*\\.get[A-Z]\\w*\\(\\)"))
            .toList();
    assertThat(getters).isEmpty();
  }

  /** A method that a library's interface or class prescribes. */
  private static boolean isDeclaredElsewhere(JavaMethod method) {
    JavaClass owner = method.getOwner();
    return Stream.concat(
            owner.getAllRawSuperclasses().stream(), owner.getAllRawInterfaces().stream())
        .filter(it -> !it.getPackageName().startsWith("dev.leantea"))
        .anyMatch(it -> it.tryGetMethod(method.getName()).isPresent());
  }
}
