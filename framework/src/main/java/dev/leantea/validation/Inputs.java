package dev.leantea.validation;

import dev.leantea.http.HttpException;
import dev.leantea.http.HttpException.FieldError;
import dev.leantea.http.Request;
import dev.leantea.values.TextReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.type.TypeReference;

/**
 * The values that a handler reads from one request. Whatever is wrong with them is collected, and
 * the client gets all of it in one error document with status 400:
 *
 * <pre>{@code
 * var inputs = Inputs.of(request);
 * var page = inputs.query("page", Integer.class).check(it -> it > 0, "1 or more");
 * var from = inputs.query("from", LocalDate.class).required();
 * var expense = inputs.json(Expense.class).check("/amount", it -> it.amount() > 0, "more than 0");
 * return find(page.orElse(1), from.value(), expense.value()); // here it is thrown
 * }</pre>
 *
 * <p>First declare all inputs, then ask for their values: the first value that is asked for throws
 * what was found until then. One thread at a time.
 */
public final class Inputs {
  private final Request request;
  private final List<FieldError> errors = new ArrayList<>();

  private Inputs(Request request) {
    this.request = request;
  }

  /** The inputs of a request. */
  public static Inputs of(Request request) {
    return new Inputs(request);
  }

  /**
   * The first query parameter of this name; see {@link Request#query(String, Class)}.
   *
   * @throws IllegalArgumentException for a type that cannot be read from text
   */
  public <T> Input<T> query(String name, Class<T> type) {
    return read(name, () -> request.query(name, type));
  }

  /** All query parameters of this name. */
  public <T> Input<List<T>> queries(String name, Class<T> type) {
    return read(name, () -> Optional.of(request.queries(name, type)));
  }

  /**
   * A text of another source, such as a form or a header, as a value of a type. A blank text counts
   * as none, but for {@code String}.
   *
   * @param name as the client knows it
   * @throws IllegalArgumentException for a type that cannot be read from text
   */
  public <T> Input<T> text(String name, Optional<String> text, Class<T> type) {
    TextReader<T> reader =
        TextReader.of(type)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "type: expected " + TextReader.SUPPORTED + ", got " + type.getName()));
    Optional<String> present =
        type == String.class ? text : text.map(String::strip).filter(it -> !it.isEmpty());
    try {
      return new Input<>(this, name, present.map(reader::read));
    } catch (IllegalArgumentException e) {
      return wrong(name, String.valueOf(e.getMessage()));
    }
  }

  /**
   * The body; see {@link Request#json(Class)}. A body that is no JSON at all is refused at once.
   */
  public <T> Input<T> json(Class<T> type) throws IOException {
    return body(() -> Optional.of(request.json(type)));
  }

  /** The body, of a generic type; see {@link Request#json(TypeReference)}. */
  public <T> Input<T> json(TypeReference<T> type) throws IOException {
    return body(() -> Optional.of(request.json(type)));
  }

  /** Reads a value, or throws what is wrong with it. */
  private interface Source<T, E extends Exception> {
    Optional<T> read() throws E;
  }

  private <T> Input<T> body(Source<T, IOException> source) throws IOException {
    return read("", source);
  }

  private <T, E extends Exception> Input<T> read(String name, Source<T, E> source) throws E {
    try {
      return new Input<>(this, name, source.read());
    } catch (HttpException e) {
      if (e.fields().isEmpty()) {
        throw e;
      }
      errors.addAll(e.fields());
      return Input.wrong(this, name);
    }
  }

  private <T> Input<T> wrong(String name, String message) {
    error(name, message);
    return Input.wrong(this, name);
  }

  /**
   * Notes that something is wrong, for checks of several values together.
   *
   * @param field see {@link FieldError}
   */
  public void error(String field, String message) {
    errors.add(new FieldError(field, message));
  }

  /**
   * Returns if nothing was found wrong. Asking an input for its value calls it.
   *
   * @throws HttpException 400 with all that was found
   */
  public void require() {
    if (errors.isEmpty()) {
      return;
    }
    FieldError first = errors.getFirst();
    String where = first.field().isEmpty() ? "body" : first.field();
    String more = errors.size() == 1 ? "" : "; and " + (errors.size() - 1) + " more";
    var refusal = HttpException.of(400, where + ": " + first.message() + more);
    for (FieldError error : errors) {
      refusal = refusal.field(error.field(), error.message());
    }
    throw refusal;
  }
}
