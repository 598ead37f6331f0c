package dev.leantea.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class RequestTest {
  private record Tea(String name, int minutes) {}

  @Test
  void of_target_takenApart() {
    Request request = Request.of(Method.GET, "/a/../b?c=d&c=e+f&%67=h");
    assertThat(request.path()).isEqualTo("/b");
    assertThat(request.query("c")).contains("d");
    assertThat(request.queries("c")).containsExactly("d", "e f");
    assertThat(request.query("g")).contains("h");
    assertThat(request.query("x")).isEmpty();
    assertThat(request.header("host")).contains("localhost");
    assertThat(request.version()).isEqualTo(HttpVersion.HTTP_1_1);
    assertThat(request.remoteAddress().getAddress().isLoopbackAddress()).isTrue();
  }

  @Test
  void text_charsetOfTheMediaType() throws IOException {
    MemoryRequest request = Request.of(Method.POST, "/").body(new byte[] {(byte) 0xE9});
    assertThat(request.header("Content-Type", "text/plain; charset=iso-8859-1").text())
        .isEqualTo("é");
    assertThat(request.mediaType()).isEqualTo(MediaType.OCTET_STREAM);
    assertThat(Request.of(Method.POST, "/").body("é").text()).isEqualTo("é");
  }

  @Test
  void json_fitsOrIs400() throws IOException {
    MemoryRequest request = Request.of(Method.POST, "/");
    assertThat(request.body("{\"name\":\"oolong\",\"minutes\":3}").json(Tea.class))
        .isEqualTo(new Tea("oolong", 3));
    for (String bad : List.of("", "{", "[]", "{\"minutes\":\"x\"}")) {
      assertThatThrownBy(() -> request.body(bad).json(Tea.class))
          .as(bad)
          .isInstanceOfSatisfying(HttpException.class, e -> assertThat(e.status()).isEqualTo(400));
    }
  }

  @Test
  void bytes_aCopyEachTime() {
    MemoryRequest request = Request.of(Method.POST, "/").body("abc");
    request.bytes()[0] = 'x';
    assertThat(request.bytes()).isEqualTo(new byte[] {'a', 'b', 'c'});
  }

  @Test
  void path_parameter_ofTheRoute() {
    Request request = Request.of(Method.GET, "/users/1");
    assertThatThrownBy(() -> request.path("id")).isInstanceOf(IllegalArgumentException.class);
    Request routed = request.withPath(new PathParameters(List.of("id"), List.of("1")));
    assertThat(routed.path("id")).isEqualTo("1");
    assertThatThrownBy(() -> routed.path("name"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("path parameter: expected one of [id], got name");
    Request again = routed.withPath(new PathParameters(List.of("x"), List.of("2")));
    assertThat(again.path("x")).isEqualTo("2");
    assertThat(again.path()).isEqualTo("/users/1");
  }

  @Test
  void pathParameters_namesAndValuesOfDifferentCount_refused() {
    assertThatThrownBy(() -> new PathParameters(List.of("a"), List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void of_malformedTarget_refused() {
    assertThatThrownBy(() -> Request.of(Method.GET, "health"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
