package dev.leantea.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.leantea.http.HttpException;
import dev.leantea.http.HttpException.FieldError;
import dev.leantea.http.Method;
import dev.leantea.http.Request;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.core.type.TypeReference;

class InputsTest {
  private record Expense(String tea, int amount) {}

  private static Inputs inputs(String target) {
    return Inputs.of(Request.of(Method.GET, target));
  }

  private static Inputs posted(String body) {
    return Inputs.of(Request.of(Method.POST, "/").withBody(body));
  }

  private static HttpException refused(Input<?> input) {
    return catchThrowableOfType(HttpException.class, input::optional);
  }

  @Test
  void value_allIsWell_isRead() throws IOException {
    Inputs inputs = inputs("/?page=2&from=2026-01-31&tag=a&tag=b");
    assertThat(inputs.query("page", Integer.class).check(it -> it > 0, "1 or more").orElse(1))
        .isEqualTo(2);
    assertThat(inputs.query("from", LocalDate.class).required().value())
        .isEqualTo(LocalDate.of(2026, 1, 31));
    assertThat(inputs.query("size", Integer.class).check(it -> it > 9, "more").orElse(10))
        .isEqualTo(10);
    assertThat(inputs.queries("tag", String.class).value()).containsExactly("a", "b");
    assertThat(posted("{\"tea\":\"oolong\",\"amount\":3}").json(Expense.class).value())
        .isEqualTo(new Expense("oolong", 3));
    assertThat(posted("[1,2]").json(new TypeReference<List<Integer>>() {}).value())
        .containsExactly(1, 2);
  }

  @Test
  void value_severalAreWrong_allAreNamed() {
    Inputs inputs = inputs("/?page=0&size=x");
    Input<Integer> page = inputs.query("page", Integer.class).check(it -> it > 0, "1 or more");
    var _ = inputs.query("size", Integer.class).check(it -> it > 0, "1 or more").required();
    var _ = inputs.query("from", LocalDate.class).required();
    HttpException e = refused(page);
    assertThat(e.status()).isEqualTo(400);
    assertThat(e.reason()).isEqualTo("page: expected 1 or more, got 0; and 2 more");
    assertThat(e.fields())
        .containsExactly(
            new FieldError("page", "expected 1 or more, got 0"),
            new FieldError("size", "expected a whole number, got \"x\""),
            new FieldError("from", "expected a value, got none"));
  }

  @Test
  void value_absentWithoutRequired_isNamedToo() {
    assertThatThrownBy(() -> inputs("/?q=").query("q", Integer.class).value())
        .hasMessage("q: expected a value, got none");
  }

  @Test
  void json_partsThatDoNotFit_areNamedByTheirPointers() throws IOException {
    Inputs inputs = posted("{\"tea\":\"\",\"amount\":-1}");
    Input<Expense> expense =
        inputs
            .json(Expense.class)
            .check("/tea", it -> !it.tea().isEmpty(), "a name")
            .check("/amount", it -> it.amount() > 0, "more than 0");
    inputs.error("", "expected another day");
    assertThat(refused(expense).fields())
        .containsExactly(
            new FieldError("/tea", "expected a name"),
            new FieldError("/amount", "expected more than 0"),
            new FieldError("", "expected another day"));
  }

  @Test
  void json_wrongTypes_areCollectedWithTheOthers() throws IOException {
    Request request = Request.of(Method.POST, "/?day=x").withBody("{\"tea\":1,\"amount\":\"y\"}");
    Inputs inputs = Inputs.of(request);
    var _ = inputs.query("day", LocalDate.class);
    assertThat(refused(inputs.json(Expense.class)).fields())
        .extracting(FieldError::field)
        .containsExactly("day", "/tea", "/amount");
    assertThatThrownBy(() -> posted("{").json(Expense.class))
        .as("no JSON at all")
        .isInstanceOf(HttpException.class);
  }

  @Test
  void text_ofAForm_asAQuery() {
    Inputs inputs = inputs("/");
    assertThat(inputs.text("n", Optional.of(" 7 "), Integer.class).value()).isEqualTo(7);
    assertThat(inputs.text("n", Optional.of(" "), Integer.class).optional()).isEmpty();
    assertThat(inputs.text("n", Optional.of(" "), String.class).value()).isEqualTo(" ");
    assertThat(refused(inputs.text("n", Optional.of("x"), Integer.class)).fields())
        .containsExactly(new FieldError("n", "expected a whole number, got \"x\""));
  }

  @Test
  void text_typeThatNobodyReads_isTheProgramsMistake() {
    assertThatThrownBy(() -> inputs("/").text("n", Optional.empty(), Object.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("type: expected String, Integer");
    assertThatThrownBy(() -> inputs("/").query("n", Object.class))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void check_longValue_isCutInTheMessage() {
    Input<String> input =
        inputs("/?q=" + "x".repeat(100)).query("q", String.class).check(_ -> false, "less");
    assertThat(refused(input).reason()).isEqualTo("q: expected less, got " + "x".repeat(80) + "…");
  }
}
