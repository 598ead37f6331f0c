package dev.leantea.typed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Sources as an application may have them, and what the compiler says. */
class TypedRoutesProcessorTest {
  private static final String IMPORTS =
      """
      import dev.leantea.http.*; import dev.leantea.routing.*; import dev.leantea.typed.*; \
      import dev.leantea.typed.Body; import java.util.*;
      """;

  @TempDir Path output;

  /** The declarations stand from line 3 on. */
  private static String page(String declarations) {
    return IMPORTS + "public sealed interface Page {\n" + declarations + "\n}\n";
  }

  private static final String APPLICATION =
      page(
          """
            @Path("/health") record Health() implements Page {}
            @Path("/users/{id}") record User(long id) implements Page {}
            Routes<Page> PAGES = Routes.of(Page.class);
            static Router router() {
              return Router.builder().typed(PAGES, (page, request) -> switch (page) {
                case Health() -> Response.text(200, "ok");
                case User(var id) -> Response.html(200, PAGES.link(new User(id), "Ada"));
              }).build();
            }
          """);

  @Test
  void application_right_compiles() {
    assertThat(Javac.withProcessor(output, APPLICATION).errors()).isEmpty();
  }

  @Test
  void link_toRemovedRecord_doesNotCompile() {
    String source =
        APPLICATION
            .replace("@Path(\"/users/{id}\") record User(long id) implements Page {}", "")
            .replace("case User(var id) -> Response", "case Page page2 -> Response");
    assertThat(Javac.withProcessor(output, source).errors())
        .contains("9: cannot find symbol\n  symbol:   class User\n  location: interface Page");
  }

  @Test
  void link_toRawString_doesNotCompile() {
    String source = APPLICATION.replace("new User(id), \"Ada\"", "\"/users/42\", \"Ada\"");
    assertThat(Javac.withProcessor(output, source).errors())
        .containsExactly("9: incompatible types: java.lang.String cannot be converted to Page");
  }

  @Test
  void switch_withoutCase_doesNotCompile() {
    String source =
        APPLICATION.replace(
            "Routes<Page> PAGES",
            "@Path(\"/new\") record New() implements Page {} Routes<Page> PAGES");
    assertThat(Javac.withProcessor(output, source).errors())
        .containsExactly("7: the switch expression does not cover all possible input values");
  }

  static Stream<Arguments> wrongDeclarations() {
    return Stream.of(
            wrongRecords(),
            wrongKinds(),
            wrongPaths(),
            wrongSegments(),
            wrongTypes(),
            wrongPlaceholders(),
            wrongBodies(),
            wrongCodecs(),
            wrongCodecTypes())
        .flatMap(each -> each);
  }

  private static Stream<Arguments> wrongRecords() {
    return Stream.of(
        arguments(
            "@Path(\"/a/{x}\") record A(String x) implements Page {}\n"
                + "@Path(\"/a/{y}\") record B(long y) implements Page {}",
            List.of(
                "4: route B: expected one route for each request,"
                    + " got both GET /a/{x} of A and GET /a/{y} of B")));
  }

  private static Stream<Arguments> wrongKinds() {
    return Stream.of(
        arguments(
            "@Path(\"/a\") record A() implements Page {}\nrecord B() implements Page {}",
            List.of("4: route B: expected @Path, got none")),
        arguments(
            "@Path(\"/a\") record A() implements Page {}\nfinal class B implements Page {}",
            List.of("4: route B: expected a record, got a class")),
        arguments(
            "@Path(\"/a\") record A() implements Page {}\nnon-sealed interface B extends Page {}",
            List.of("4: route B: expected a record, got an interface that is not sealed")),
        arguments(
            "@Path(\"/a\") record A<T>() implements Page {}",
            List.of("3: route A: expected a record, got a record with type parameters")),
        arguments(
            """
            sealed interface Sub extends Page {}
            @Path("/a") record A() implements Sub {}
            @Path("/a") record B() implements Page {}
            """,
            List.of(
                "5: route B: expected one route for each request,"
                    + " got both GET /a of A and GET /a of B")));
  }

  private static Stream<Arguments> wrongPaths() {
    return Stream.of(
        arguments(
            "@Path(\"a\") record A() implements Page {}",
            List.of("3: route A: expected a path that starts with /, got \"a\"")),
        arguments(
            "@Path(\"//a\") record A() implements Page {}",
            List.of("3: route A: expected a path that does not start with //, got //a")),
        arguments(
            "@Path(\"/a/{x\") record A(String x) implements Page {}",
            List.of(
                "3: route A: expected {name} for a whole segment or {name...} for the rest of the"
                    + " path (a literal character is percent-encoded), got \"{x\" in \"/a/{x\"")));
  }

  private static Stream<Arguments> wrongSegments() {
    return Stream.of(
        arguments(
            "@Path(\"/a/%2E%2E/b\") record A() implements Page {}",
            List.of(
                "3: route A: expected segments that can be asked for,"
                    + " got the dot segment .. in /a/%2E%2E/b")),
        arguments(
            "@Path(\"/a/%zz\") record A() implements Page {}",
            List.of(
                "3: route A: percent-encoding: expected two hexadecimal digits after %,"
                    + " at 0 of \"%zz\"")),
        arguments(
            "@Path(value = \"/a\", method = \"FETCH\") record A() implements Page {}",
            List.of(
                "3: route A: expected a method of [GET, HEAD, POST, PUT, PATCH, DELETE, QUERY,"
                    + " OPTIONS, TRACE], got FETCH")));
  }

  private static Stream<Arguments> wrongTypes() {
    return Stream.of(
        arguments(
            "@Path(\"/a\") record A(int x,\nThread y,\nOptional<List<String>> z) implements Page {}",
            List.of(
                "4: route A, component y: expected " + ValueType.SUPPORTED + ", got Thread",
                "5: route A, component z: expected "
                    + ValueType.SUPPORTED
                    + ", got Optional<List<String>>")),
        arguments(
            "@Path(\"/a\") record A(\nint[] x,\nOptionalDouble y, double z) implements Page {}",
            List.of(
                "4: route A, component x: expected " + ValueType.SUPPORTED + ", got int[]",
                "5: route A, component y: expected " + ValueType.SUPPORTED + ", got OptionalDouble",
                "5: route A, component z: expected " + ValueType.SUPPORTED + ", got double")));
  }

  private static Stream<Arguments> wrongPlaceholders() {
    return Stream.of(
        arguments(
            "@Path(\"/users/{id}\") record User(\nlong number) implements Page {}",
            List.of("3: route User: expected a component for {id}, got (number)")),
        arguments(
            "@Path(\"/a/{x}\") record A(\nOptionalInt x) implements Page {}",
            List.of("4: route A, component x: expected one value for {x}, got OptionalInt")));
  }

  private static Stream<Arguments> wrongBodies() {
    return Stream.of(
        arguments(
            "@Path(value = \"/a/{x}\", method = \"PUT\") record A(\n@Body String x) implements Page {}",
            List.of("4: route A, component x: expected a value for {x}, got the @Body")),
        arguments(
            "@Path(value = \"/a\", method = \"PUT\") record A(@Body String x,\n@Body int y)"
                + " implements Page {}",
            List.of("4: route A, component y: expected one @Body, got 2")),
        arguments(
            "@Path(\"/a\") record A(\n@Body String x) implements Page {}",
            List.of("4: route A, component x: expected no @Body, for GET has none")));
  }

  private static Stream<Arguments> wrongCodecs() {
    return Stream.of(
        arguments(
            "@Path(\"/a/{x...}\") record A(\nlong x) implements Page {}",
            List.of(
                "4: route A, component x: expected String or a type with @Coded for {x...},"
                    + " got long")),
        arguments(
            "@Path(\"/a\") record A(\n@Coded(C.class) String x) implements Page {}\n"
                + codec("record C(int n) implements Codec<String>", "String"),
            List.of(
                "4: route A, component x: C: expected a constructor without arguments, got none")),
        arguments(
            "@Path(\"/a\") record A(\n@Coded(C.class) List<Integer> x) implements Page {}\n"
                + codec("record C() implements Codec<String>", "String"),
            List.of(
                "4: route A, component x: expected a Codec of Integer, got C, a Codec of String")));
  }

  private static Stream<Arguments> wrongCodecTypes() {
    return Stream.of(
        arguments(
            "@Path(\"/a/{x}\") record A(\n@Coded(C.class) OptionalInt x) implements Page {}\n"
                + codec("record C() implements Codec<String>", "String"),
            List.of(
                "4: route A, component x: expected one value for {x}, got OptionalInt",
                "4: route A, component x: expected a Codec of int, got C, a Codec of String")),
        arguments(
            "@Path(\"/a\") record A(\nT x) implements Page {}\n@Coded(C.class) record T() {}\n"
                + codec("record C() implements Codec<String>", "String"),
            List.of("4: route A, component x: expected a Codec of T, got C, a Codec of String")));
  }

  private static String codec(String head, String type) {
    return head
        + " { public %1$s parse(String text) { return text; }".formatted(type)
        + " public String format(%s value) { return value; } }".formatted(type);
  }

  @ParameterizedTest
  @MethodSource("wrongDeclarations")
  void declaration_wrong_isACompileError(String declarations, List<String> errors) {
    assertThat(Javac.withProcessor(output, page(declarations)).errors())
        .containsExactlyElementsOf(errors);
  }

  @ParameterizedTest
  @MethodSource("wrongDeclarations")
  void declaration_wrongWithoutProcessor_isTheSameErrorAtStart(
      String declarations, List<String> errors) {
    Javac compiled = Javac.withoutProcessor(output, page(declarations));
    assertThat(compiled.errors()).isEmpty();
    List<String> words =
        errors.stream().map(error -> error.substring(error.indexOf(' ') + 1)).toList();
    assertThatThrownBy(() -> Routes.of(compiled.load("Page")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(String.join("\n", words));
  }

  @Test
  void path_onRecordOfNoSealedInterface_isACompileError() {
    String source =
        IMPORTS
            + "@Path(\"/a\") record Page() implements Comparable<Page> {"
            + " public int compareTo(Page other) { return 0; } }";
    assertThat(Javac.withProcessor(output, source).errors())
        .containsExactly(
            "2: route Page: expected a record of a sealed interface, got one that implements none");
  }

  @Test
  void path_onClass_isACompileError() {
    assertThat(Javac.withProcessor(output, IMPORTS + "@Path(\"/a\") class Page {}").errors())
        .containsExactly("2: route Page: expected a record, got a class");
  }

  @Test
  void path_withoutValue_isJavacsErrorAlone() {
    assertThat(Javac.withProcessor(output, page("@Path record A() implements Page {}")).errors())
        .singleElement()
        .asString()
        .startsWith(
            "3: annotation @dev.leantea.typed.Path is missing a default value for the element 'value'");
  }

  @Test
  void record_ofTwoSealedInterfaces_isCheckedInTheFirst() {
    String source =
        page(
            "@Path(\"/a\") record A() implements Page, Named {}\n"
                + "sealed interface Named {} record Other() implements Named {}");
    assertThat(Javac.withProcessor(output, source).errors()).isEmpty();
  }

  @Test
  void of_typeThatIsNotSealed_isRefused() {
    assertThatThrownBy(() -> Routes.of(Runnable.class))
        .hasMessage("routes: expected a sealed interface, got java.lang.Runnable");
  }
}
