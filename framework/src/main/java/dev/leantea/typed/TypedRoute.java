package dev.leantea.typed;

import dev.leantea.http.Execution;
import dev.leantea.http.HttpException;
import dev.leantea.http.Method;
import dev.leantea.http.PercentEncoding;
import dev.leantea.http.Request;
import dev.leantea.routing.PathPattern;
import dev.leantea.routing.RouteTable;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads one record type from requests and writes it as a path. Immutable; any thread.
 *
 * @param <R> the sealed interface
 */
final class TypedRoute<R> implements RouteTable.Entry<R> {
  private final Class<? extends R> type;
  private final Method method;
  private final PathPattern pattern;
  private final Execution execution;
  private final List<Field> fields;
  private final Field[] inOrder;
  private final Map<String, Field.InPath> inPath;
  private final MethodHandle constructor;

  /** The only value of a record without components; null for other records. */
  private final @Nullable R constant;

  private TypedRoute(Class<? extends R> type, Path path, Members members) {
    this.type = type;
    this.method = Method.of(path.method());
    this.pattern = PathPattern.parse(path.value());
    this.execution = path.execution();
    this.fields = Fields.of(type, pattern.names(), members);
    this.inOrder = fields.toArray(Field[]::new);
    this.inPath =
        each(Field.InPath.class).stream()
            .collect(Collectors.toMap(Field.InPath::name, Function.identity()));
    this.constructor = members.constructor(type);
    this.constant = fields.isEmpty() ? construct(new Object[0]) : null;
  }

  static <R> TypedRoute<R> of(Class<? extends R> type, Members members) {
    Path path = type.getAnnotation(Path.class);
    if (path == null) {
      throw new IllegalStateException("RouteRules lets no record pass without @Path: " + type);
    }
    return new TypedRoute<>(type, path, members);
  }

  Class<? extends R> type() {
    return type;
  }

  List<Field> fields() {
    return fields;
  }

  /** The fields of one kind, in order. */
  <F extends Field> List<F> each(Class<F> kind) {
    return fields.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  @Override
  public Method method() {
    return method;
  }

  @Override
  public PathPattern pattern() {
    return pattern;
  }

  @Override
  public Execution execution() {
    return execution;
  }

  @Override
  public R read(Request request) throws IOException {
    return constant == null ? readSlowPath(request) : constant;
  }

  private R readSlowPath(Request request) throws IOException {
    Object[] values = new Object[inOrder.length];
    Optional<HttpException> wrong = Optional.empty();
    for (int i = 0; i < values.length; i++) {
      try {
        values[i] = inOrder[i].read(request);
      } catch (HttpException e) {
        wrong = Optional.of(with(wrong, e));
      }
    }
    if (wrong.isPresent()) {
      throw wrong.get();
    }
    try {
      return construct(values);
    } catch (IllegalArgumentException e) {
      throw unfit(e);
    }
  }

  /**
   * All fields that are wrong; a path or a body that cannot be read at all is refused by itself.
   */
  private static HttpException with(Optional<HttpException> wrong, HttpException more) {
    if (more.fields().isEmpty()) {
      throw more;
    }
    HttpException all = wrong.orElse(more);
    if (wrong.isPresent()) {
      for (HttpException.FieldError field : more.fields()) {
        all = all.field(field.field(), field.message());
      }
    }
    return all;
  }

  /** The record's own constructor refused the values. */
  private HttpException unfit(IllegalArgumentException refusal) {
    return inPath.size() == inOrder.length
        ? new HttpException(404, "not found", refusal)
        : new HttpException(400, String.valueOf(refusal.getMessage()), refusal);
  }

  @SuppressWarnings("unchecked") // the constructor is that of a Class<? extends R>
  private R construct(Object[] values) {
    try {
      return (R) (Object) constructor.invokeExact(values);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(type.getName() + ": its constructor failed", e);
    }
  }

  /** The path without its query. */
  String path(R route) {
    return PathText.write(pattern, name -> placeholder(name).text(route));
  }

  private Field.InPath placeholder(String name) {
    Field.InPath field = inPath.get(name);
    if (field == null) {
      throw new IllegalStateException("RouteRules lets no placeholder pass without a component");
    }
    return field;
  }

  /** The query with its question mark; empty when no parameter has a value. */
  String query(R route) {
    var out = new StringBuilder();
    for (Field.InQuery field : each(Field.InQuery.class)) {
      for (String text : field.texts(route)) {
        if (!PathText.isUnicode(text)) {
          throw new IllegalArgumentException(
              field.name() + ": expected Unicode, got one with half a surrogate pair");
        }
        out.append(out.isEmpty() ? '?' : '&').append(PercentEncoding.encode(field.name()));
        out.append('=').append(PercentEncoding.encode(text));
      }
    }
    return out.toString();
  }

  @Override
  public String toString() {
    return method + " " + pattern;
  }
}
