package dev.leantea.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.core.type.TypeReference;

class JsonTest {
  enum Leaf {
    BLACK,
    GREEN
  }

  record Tea(
      String name,
      int minutes,
      long grams,
      double price,
      boolean cold,
      Leaf leaf,
      List<Integer> ratings,
      Map<String, Integer> stock,
      LocalDate picked,
      Instant packed,
      UUID id,
      Optional<Tea> blend) {}

  /** Refuses values in its own words. */
  record Careful(int minutes) {
    Careful {
      if (minutes < 0) {
        throw new IllegalArgumentException("minutes: expected 0 or more, got " + minutes);
      }
    }
  }

  /** Refuses what it is given, but not in its own words. */
  record Picky(String leaf) {
    Picky {
      Leaf.valueOf(leaf);
    }
  }

  /** Nothing that Jackson could make. */
  interface Unmappable {}

  private static Object decode(String json, Type type) throws JsonInputException {
    return Json.decode(json.getBytes(StandardCharsets.UTF_8), type);
  }

  private static JsonInputException refused(String json, Type type) {
    JsonInputException e = catchThrowableOfType(JsonInputException.class, () -> decode(json, type));
    assertThat(e).as(json).isNotNull();
    assertThat(e.reason())
        .as("in plain words")
        .startsWith("expected ")
        .doesNotContain("dev.leantea", "java.", "Jackson", "Feature", "Deserializ", "`", "token")
        .doesNotContain("Tea", "Picky", "Integer", "ArrayList", "JsonTest");
    return e;
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      delimiter = '|',
      value = {
        "{\"minutes\":3.7}           | minutes    | a whole number, got 3.7",
        "{\"minutes\":3.0}           | minutes    | a whole number, got 3.0",
        "{\"minutes\":\"3\"}         | minutes    | a whole number, got \"3\"",
        "{\"minutes\":\"\"}          | minutes    | a whole number, got \"\"",
        "{\"minutes\":null}          | minutes    | a whole number, got null",
        "{\"minutes\":true}          | minutes    | a whole number, got true",
        "{\"minutes\":{}}            | minutes    | a whole number, got an object",
        "{\"minutes\":[1]}           | minutes    | a whole number, got a list",
        "{\"price\":\"x\"}           | price      | a number, got \"x\"",
        "{\"cold\":1}                | cold       | true or false, got 1",
        "{\"cold\":\"true\"}         | cold       | true or false, got \"true\"",
        "{\"name\":{}}               | name       | a text, got an object",
        "{\"name\":5}                | name       | a text, got 5",
        "{\"leaf\":\"RED\"}          | leaf       | one of BLACK, GREEN, got \"RED\"",
        "{\"leaf\":0}                | leaf       | one of BLACK, GREEN, got 0",
        "{\"ratings\":1}             | ratings    | a list, got 1",
        "{\"ratings\":[1,\"x\"]}     | ratings[1] | a whole number, got \"x\"",
        "{\"stock\":{\"de\":[]}}     | stock.de   | a whole number, got a list",
        "{\"picked\":\"today\"}      | picked     | a date, such as 2026-01-31, got \"today\"",
        "{\"packed\":\"now\"}        | packed     | a time, such as 2026-01-31T12:00:00Z, got \"now\"",
        "{\"id\":\"7\"}              | id         | a UUID, got \"7\"",
        "{\"blend\":{\"grams\":\"\"}} | blend.grams | a whole number, got \"\"",
      })
  void decode_wrongType_namesTheField(String json, String field, String expected) {
    JsonInputException e = refused(json, Tea.class);
    assertThat(e.reason()).isEqualTo("expected " + expected);
    assertThat(e.field()).isEqualTo(field);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      delimiter = '|',
      value = {
        "null                 | an object, got null",
        "[]                   | an object, got a list",
        "7                    | an object, got 7",
        "''                   | JSON, got nothing",
        "' '                  | JSON, got nothing",
        "{                    | JSON, got a text that ends too early",
        "{\"name\":           | JSON, got a text that ends too early",
        "{name:1}             | JSON, got a syntax error at line 1, column 2",
      })
  void decode_noJsonOfThisKind_saysWhat(String json, String expected) {
    JsonInputException e = refused(json, Tea.class);
    assertThat(e.reason()).startsWith("expected " + expected);
    assertThat(e.field()).isEmpty();
  }

  @Test
  void decode_numberOutOfRange_namesTheRange() {
    JsonInputException e = refused("{\"minutes\":99999999999}", Tea.class);
    assertThat(e.reason())
        .isEqualTo("expected a whole number from -2147483648 to 2147483647, got 99999999999");
    assertThat(e.field()).isEqualTo("minutes");
  }

  @Test
  void decode_constructorRefuses_itsOwnWordsAlone() {
    assertThat(
            catchThrowableOfType(
                JsonInputException.class, () -> decode("{\"minutes\":-1}", Careful.class)))
        .hasMessage("minutes: expected 0 or more, got -1");
    assertThat(refused("{\"leaf\":\"RED\"}", Picky.class).reason())
        .isEqualTo("expected valid values, some are not or missing");
    assertThat(refused("{}", Picky.class).reason())
        .isEqualTo("expected valid values, some are not or missing");
  }

  @Test
  void decode_somethingBehindTheEnd_refused() {
    assertThat(refused("{\"leaf\":\"BLACK\"} {}", Picky.class).reason())
        .isEqualTo("expected one JSON value, got more after it");
  }

  @Test
  void decode_primitiveThatIsMissing_refused() {
    JsonInputException e = refused("{}", Careful.class);
    assertThat(e.reason()).isEqualTo("expected a whole number, got nothing");
    assertThat(e.field()).isEqualTo("minutes");
  }

  @Test
  void decode_fieldThatNobodyKnows_isPassedOver() throws JsonInputException {
    assertThat(decode("{\"minutes\":3,\"more\":[]}", Careful.class)).isEqualTo(new Careful(3));
  }

  @Test
  void decode_nestedDeeply_refused() {
    assertThat(refused("[".repeat(5000), List.class).reason()).contains("deep nesting");
  }

  @Test
  void decode_longValue_isShownInPart() {
    assertThat(refused("{\"minutes\":\"" + "x".repeat(5000) + "\"}", Tea.class).reason())
        .hasSizeLessThan(100);
  }

  @Test
  void decode_generic_itsElementsAreChecked() throws JsonInputException {
    Type teas = new TypeReference<List<Leaf>>() {}.getType();
    assertThat(decode("[\"BLACK\"]", teas)).isEqualTo(List.of(Leaf.BLACK));
    assertThat(refused("[\"BLACK\",\"X\"]", teas).field()).isEqualTo("[1]");
    assertThat(refused("null", teas).reason()).isEqualTo("expected a list, got null");
  }

  @Test
  void decode_typeThatJacksonCannotMap_isTheProgramsMistake() {
    assertThatThrownBy(() -> decode("{}", Unmappable.class))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("expected a type that Jackson can read, got ")
        .hasMessageContaining("Unmappable");
  }

  @Test
  void decode_severalWrongTypes_allAreFound() {
    JsonInputException e =
        refused(
            "{\"name\":{},\"minutes\":3,\"grams\":5,\"price\":\"x\",\"cold\":true,"
                + "\"ratings\":[1,\"x\",99999999999],\"stock\":{\"a/b~\":[]}}",
            Tea.class);
    assertThat(e.faults())
        .extracting(it -> it.pointer() + " " + it.reason())
        .containsExactlyInAnyOrder(
            "/name expected a text, got an object",
            "/price expected a number, got \"x\"",
            "/ratings/1 expected a whole number, got \"x\"",
            "/ratings/2 expected a whole number from -2147483648 to 2147483647, got 99999999999",
            "/stock/a~1b~0 expected a whole number, got a list");
  }

  @Test
  void decode_wrongTypeAndAConstructorThatRefuses_theWrongTypeAlone() {
    assertThat(refused("{\"minutes\":\"x\"}", Careful.class).faults())
        .extracting(JsonInputException.Fault::pointer)
        .containsExactly("/minutes");
  }

  @Test
  void decode_manyFaults_areLimited() {
    String many = "[" + "\"x\",".repeat(1000) + "\"x\"]";
    assertThat(refused(many, new TypeReference<List<Integer>>() {}.getType()).faults()).hasSize(10);
  }
}
