package dev.leantea.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.leantea.http.HttpException.FieldError;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.core.type.TypeReference;

/** Jakarta Validation, which is on the path of the tests. */
class BodyConstraintsTest {
  record Item(@NotBlank(message = "expected a name") String tea) {}

  record Order(
      @Positive(message = "expected more than 0") int amount,
      @Size(min = 1, message = "expected an item") List<@Valid Item> items,
      Map<String, @Valid Item> byKey) {}

  private static Request posted(String body) {
    return Request.of(Method.POST, "/").withBody(body);
  }

  private static HttpException refused(String body) {
    return catchThrowableOfType(HttpException.class, () -> posted(body).json(Order.class));
  }

  @Test
  void json_constraintsHold_isRead() throws IOException {
    assertThat(posted("{\"amount\":1,\"items\":[{\"tea\":\"a\"}]}").json(Order.class).amount())
        .isEqualTo(1);
  }

  @Test
  void json_constraintsBroken_allAreNamedByTheirPointers() {
    HttpException e =
        refused(
            "{\"amount\":0,\"items\":[{\"tea\":\"a\"},{\"tea\":\" \"}],"
                + "\"byKey\":{\"a/b\":{}}}");
    assertThat(e.status()).isEqualTo(400);
    assertThat(e.reason()).isEqualTo("body: expected valid values");
    assertThat(e.fields())
        .containsExactly(
            new FieldError("/amount", "expected more than 0"),
            new FieldError("/byKey/a~1b/tea", "expected a name"),
            new FieldError("/items/1/tea", "expected a name"));
  }

  @Test
  void json_list_itsElementsAreChecked() {
    var list = new TypeReference<List<Item>>() {};
    HttpException e =
        catchThrowableOfType(
            HttpException.class, () -> posted("[{\"tea\":\"a\"},null,{\"tea\":\"\"}]").json(list));
    assertThat(e.fields()).containsExactly(new FieldError("/2/tea", "expected a name"));
  }
}
