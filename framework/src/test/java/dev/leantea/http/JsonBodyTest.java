package dev.leantea.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.type.TypeReference;

class JsonBodyTest {
  private record Tea(String name, int minutes) {}

  private interface Unmappable {}

  private static final Request TEA =
      Request.of(Method.POST, "/").withBody("{\"name\":\"oolong\",\"minutes\":3}");

  private static HttpException refused(String body) {
    Request request = Request.of(Method.POST, "/").withBody(body);
    return catchThrowableOfType(HttpException.class, () -> request.json(Tea.class));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json",
        "Application/JSON; charset=utf-8",
        "application/vnd.tea+json",
        "application/problem+json;x=y"
      })
  void json_ofAJsonType_isRead(String mediaType) throws IOException {
    assertThat(TEA.withHeader("Content-Type", mediaType).json(Tea.class))
        .isEqualTo(new Tea("oolong", 3));
  }

  @Test
  void json_withoutAType_isRead() throws IOException {
    assertThat(TEA.json(Tea.class)).isEqualTo(new Tea("oolong", 3));
    assertThat(TEA.withBody("7").json(int.class)).isEqualTo(7);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "application/x-www-form-urlencoded",
        "text/json",
        "application/jsonx",
        "",
        "multipart/form-data; boundary=json"
      })
  void json_ofAnotherType_415_unlessTheHandlerDoesNotCare(String mediaType) throws IOException {
    Request request = TEA.withHeader("Content-Type", mediaType);
    HttpException e = catchThrowableOfType(HttpException.class, () -> request.json(Tea.class));
    assertThat(e.status()).isEqualTo(415);
    assertThat(e.reason()).startsWith("body: expected Content-Type application/json, got \"");
    assertThat(e.toResponse(request).headers().first("Accept")).contains("application/json");
    assertThat(request.jsonOfAnyMediaType(Tea.class)).isEqualTo(new Tea("oolong", 3));
    assertThat(request.jsonOfAnyMediaType(new TypeReference<Tea>() {}).name()).isEqualTo("oolong");
  }

  @Test
  void json_generic_isReadWithItsElements() throws IOException {
    List<Tea> teas =
        TEA.withBody("[{\"name\":\"sencha\",\"minutes\":2}]").json(new TypeReference<>() {});
    assertThat(teas).containsExactly(new Tea("sencha", 2));
  }

  @Test
  void json_null_400() {
    assertThat(refused("null").status()).isEqualTo(400);
    assertThat(refused("null").reason()).isEqualTo("body: expected an object, got null");
    assertThat(refused("null").fields()).isEmpty();
  }

  @Test
  void json_wrongField_400AndNamed() {
    HttpException e = refused("{\"minutes\":3.7}");
    assertThat(e.status()).isEqualTo(400);
    assertThat(e.reason())
        .isEqualTo("body field minutes: expected a whole number, got 3.7")
        .doesNotContain("Tea");
    assertThat(e.fields())
        .containsExactly(
            new HttpException.FieldError("/minutes", "expected a whole number, got 3.7"));
  }

  @Test
  void json_unmappableType_isNoAnswerToTheClient() {
    assertThatThrownBy(() -> TEA.json(Unmappable.class)).isInstanceOf(IllegalStateException.class);
  }
}
