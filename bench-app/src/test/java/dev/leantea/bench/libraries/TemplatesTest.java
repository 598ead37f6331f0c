package dev.leantea.bench.libraries;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leantea.backend.Backends;
import dev.leantea.backend.Server;
import dev.leantea.backend.ServerConfig;
import dev.leantea.conformance.WireClient;
import dev.leantea.conformance.WireClient.Reply;
import dev.leantea.http.Handler;
import dev.leantea.http.Response;
import dev.leantea.http.Templates;
import dev.leantea.routing.Router;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.WriterOutput;
import gg.jte.resolve.DirectoryCodeResolver;
import io.pebbletemplates.pebble.PebbleEngine;
import io.pebbletemplates.pebble.loader.StringLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages of JTE and Pebble, over sockets. */
@OnEveryBackend
@Timeout(120)
final class TemplatesTest {
  private static final String FAILING = "<p>half a page {{ teas.first() }}</p>";

  private final String backend;

  TemplatesTest(String backend) {
    this.backend = backend;
  }

  private static Templates jte(Path folder) throws IOException {
    Path sources = Files.createDirectory(folder.resolve("sources"));
    Files.writeString(sources.resolve("tea.jte"), "@param String name\n<h1>${name}</h1>");
    Files.writeString(
        sources.resolve("failing.jte"),
        "@param String name\n<p>half a page</p>${name.substring(1000)}");
    TemplateEngine engine =
        TemplateEngine.create(
            new DirectoryCodeResolver(sources), folder.resolve("classes"), ContentType.Html);
    return (name, model, out) -> engine.render(name, model, new WriterOutput(out));
  }

  @SuppressWarnings("unchecked") // as applications do
  private static Templates pebble() {
    PebbleEngine engine =
        new PebbleEngine.Builder().loader(new StringLoader()).strictVariables(true).build();
    return (name, model, out) ->
        engine.getTemplate(name).evaluate(out, (Map<String, Object>) model);
  }

  private static Handler routes(Path folder) throws IOException {
    Templates jte = jte(folder);
    Templates pebble = pebble();
    return Router.builder()
        .get("/jte/{name}", it -> Response.html(200, jte, "tea.jte", it.path("name")))
        .get("/jte/failing/{name}", it -> Response.html(200, jte, "failing.jte", it.path("name")))
        .get(
            "/pebble/{name}",
            it ->
                Response.html(200, pebble, "<h1>{{ name }}</h1>", Map.of("name", it.path("name"))))
        .get(
            "/pebble/failing/{name}",
            it -> Response.html(200, pebble, FAILING, Map.of("name", it.path("name"))))
        .build();
  }

  @ParameterizedTest
  @ValueSource(strings = {"jte", "pebble"})
  void page_isEscaped_withItsMediaType_andNeverHalf(String engine, @TempDir Path folder)
      throws IOException {
    ServerConfig config = ServerConfig.of(0).withHost("127.0.0.1");
    try (Server server = Backends.named(backend).serve(config, routes(folder));
        var client = new WireClient(server.port())) {
      Reply page = client.get("/" + engine + "/%3Cb%3ET%C3%A9").read();
      assertThat(page.status()).isEqualTo(200);
      assertThat(page.field("Content-Type")).isEqualTo("text/html; charset=utf-8");
      assertThat(page.text()).isEqualTo("<h1>&lt;b&gt;T\u00e9</h1>");
      Reply failed = client.get("/" + engine + "/failing/x").read();
      assertThat(failed.status()).isEqualTo(500);
      assertThat(failed.field("Content-Type")).isEqualTo("application/json");
      assertThat(failed.text()).doesNotContain("half");
    }
  }
}
