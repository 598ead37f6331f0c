package dev.leantea.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gg.jte.CodeResolver;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.WriterOutput;
import io.pebbletemplates.pebble.PebbleEngine;
import io.pebbletemplates.pebble.loader.StringLoader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pages of the engines that the documentation shows. */
class TemplatesTest {
  private static final String NAME = "<b>T\u00e9</b>";
  private static final Map<String, Object> MODEL = Map.of("name", NAME);
  private static final String PAGE = "<h1>&lt;b&gt;T\u00e9&lt;/b&gt;</h1>";

  private static void assertPage(Response response) throws Exception {
    assertThat(response.status()).isEqualTo(201);
    assertThat(response.headers().all("Content-Type")).containsExactly("text/html; charset=utf-8");
    assertThat(response.bodyText()).isEqualTo(PAGE);
  }

  @Test
  void html_jte(@TempDir Path classes) throws Exception {
    TemplateEngine engine = TemplateEngine.create(new OneTemplate(), classes, ContentType.Html);
    Templates templates = (name, model, out) -> engine.render(name, model, new WriterOutput(out));
    assertPage(Response.html(201, templates, "tea.jte", NAME));
  }

  private static final class OneTemplate implements CodeResolver {
    @Override
    public String resolve(String name) {
      return "@param String name\n<h1>${name}</h1>";
    }

    @Override
    public long getLastModified(String name) {
      return 0;
    }

    @Override
    public List<String> resolveAllTemplateNames() {
      return List.of("tea.jte");
    }

    @Override
    public boolean exists(String name) {
      return name.equals("tea.jte");
    }
  }

  @Test
  @SuppressWarnings("unchecked") // as applications do
  void html_pebble() throws Exception {
    PebbleEngine engine = new PebbleEngine.Builder().loader(new StringLoader()).build();
    Templates templates =
        (name, model, out) -> engine.getTemplate(name).evaluate(out, (Map<String, Object>) model);
    assertPage(Response.html(201, templates, "<h1>{{ name }}</h1>", MODEL));
  }

  @Test
  void html_engineFails_beforeAnythingIsSent() {
    Templates broken =
        (_, _, out) -> {
          out.write("<h1>");
          throw new IOException("no such template");
        };
    assertThatThrownBy(() -> Response.html(200, broken, "x", MODEL))
        .isInstanceOf(IOException.class);
  }
}
