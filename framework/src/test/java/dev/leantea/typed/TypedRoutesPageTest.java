package dev.leantea.typed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leantea.http.Body;
import dev.leantea.http.Handler;
import dev.leantea.http.Method;
import dev.leantea.http.Request;
import dev.leantea.http.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of docs/TYPED-ROUTES.md: it compiles, and does what the page says. */
class TypedRoutesPageTest {
  private static final Path PAGE = Path.of("..", "docs", "TYPED-ROUTES.md");

  @TempDir Path output;

  private static String example() throws IOException {
    String page = Files.readString(PAGE);
    int start = page.indexOf("```java\n") + "```java\n".length();
    return page.substring(start, page.indexOf("```", start));
  }

  private Handler router() throws Exception {
    Javac compiled = Javac.withProcessor(output, example());
    assertThat(compiled.errors()).isEmpty();
    var router = compiled.load("App").getDeclaredMethod("router");
    router.setAccessible(true);
    return (Handler) router.invoke(null);
  }

  private static String text(Response response) {
    return response.body() instanceof Body.Bytes(byte[] content)
        ? new String(content, StandardCharsets.UTF_8)
        : "";
  }

  @Test
  void example_isShort() throws IOException {
    assertThat(example().lines().filter(line -> !line.isBlank()).count()).isLessThanOrEqualTo(40);
  }

  @Test
  void example_compiles_andAnswers() throws Exception {
    Handler router = router();
    assertThat(text(router.handle(Request.of(Method.GET, "/"))))
        .isEqualTo("<a href=\"/search?q=tea\">Tea</a>");
    assertThat(text(router.handle(Request.of(Method.GET, "/users/42"))))
        .isEqualTo("{\"name\":\"Ada & Co\",\"age\":36}");
    assertThat(text(router.handle(Request.of(Method.GET, "/openapi.json"))))
        .startsWith("{\"openapi\":\"3.1.0\"");
    Response created =
        router.handle(
            Request.of(Method.POST, "/users").withBody("{\"name\":\"Grace\",\"age\":40}"));
    assertThat(created.headers().first("Location")).contains("/users/43");
  }
}
