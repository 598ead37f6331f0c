package dev.leantea.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leantea.http.Handler;
import dev.leantea.http.Method;
import dev.leantea.http.Request;
import dev.leantea.http.Response;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of docs/WEB-SECURITY.md: it compiles, and does what the page says. */
class WebSecurityPageTest {
  private static final Path PAGE = Path.of("..", "docs", "WEB-SECURITY.md");

  @Test
  void example_compiles_andAnswers(@TempDir Path folder) throws Exception {
    compile(folder);
    try (var loader = new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
      var method = loader.loadClass("Secured").getDeclaredMethod("router");
      method.setAccessible(true);
      Handler router = (Handler) method.invoke(null);
      assertThat(router.handle(Request.of(Method.GET, "/me")).status()).isEqualTo(401);
      Response login = router.handle(Request.of(Method.POST, "/login"));
      String cookie = login.headers().first("Set-Cookie").orElseThrow().split(";", 2)[0];
      Request me = Request.of(Method.GET, "/me").withHeader("Cookie", cookie);
      assertThat(router.handle(me).bodyText()).isEqualTo("user 42");
      Request foreign = Request.of(Method.POST, "/logout").withHeader("Origin", "https://a.b");
      assertThat(router.handle(foreign).status()).isEqualTo(403);
      assertThat(router.handle(Request.of(Method.GET, "/metrics")).status()).isEqualTo(401);
      assertThat(login.headers().all("X-Frame-Options")).containsExactly("DENY");
    }
  }

  private static void compile(Path folder) throws Exception {
    String page = Files.readString(PAGE);
    int start = page.indexOf("```java\n") + "```java\n".length();
    Path source = folder.resolve("Secured.java");
    Files.writeString(source, page.substring(start, page.indexOf("```", start)));
    var said = new StringWriter();
    ToolProvider.findFirst("javac")
        .orElseThrow()
        .run(
            new PrintWriter(said),
            new PrintWriter(said),
            "-proc:none",
            "--class-path",
            System.getProperty("java.class.path"),
            "-d",
            folder.toString(),
            source.toString());
    assertThat(said.toString()).isEmpty();
  }
}
