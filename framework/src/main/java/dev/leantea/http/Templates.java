package dev.leantea.http;

import java.io.IOException;
import java.io.Writer;

/**
 * A template engine, for {@link Response#html(int, Templates, String, Object)}. One line makes one
 * of JTE or Pebble:
 *
 * <pre>{@code
 * Templates jte = (name, model, out) -> engine.render(name, model, new WriterOutput(out));
 * Templates pebble = (name, model, out) -> engine.getTemplate(name).evaluate(out, (Map<String, Object>) model);
 * }</pre>
 *
 * <p>Choose an engine that escapes what it inserts, as these two do. Called by any thread, and
 * concurrently.
 */
@FunctionalInterface
public interface Templates {
  /**
   * Renders a page.
   *
   * @param name of the template
   * @param model what it shows
   * @param out in memory
   */
  void render(String name, Object model, Writer out) throws IOException;
}
