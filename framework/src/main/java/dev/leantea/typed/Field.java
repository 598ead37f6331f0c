package dev.leantea.typed;

import dev.leantea.http.HttpException;
import dev.leantea.http.Request;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.reflect.Type;
import java.time.DateTimeException;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import tools.jackson.core.type.TypeReference;

/** A component of a route at run time: where its value is in a request. */
sealed interface Field {
  /** The component's name, which is the placeholder's or the query parameter's too. */
  String name();

  /**
   * Its value in a request.
   *
   * @throws HttpException 404 or 400 when the value does not fit
   */
  Object read(Request request) throws IOException;

  /**
   * In a placeholder.
   *
   * @param accessor {@code (Object) -> Object}
   * @param type of the value in a URL, for the OpenAPI document: String if an application's codec
   *     writes it
   */
  record InPath(String name, MethodHandle accessor, Type type, Codec<Object> codec)
      implements Field {
    @Override
    public Object read(Request request) {
      String text = request.path(name);
      try {
        return codec.parse(text);
      } catch (IllegalArgumentException | DateTimeException e) {
        // A wrong value in a path names a page that does not exist.
        throw new HttpException(404, "not found", e);
      }
    }

    String text(Object route) {
      return codec.format(value(name, accessor, route));
    }
  }

  /**
   * In the query.
   *
   * @param type of one value, as above
   * @param codec of one value
   */
  record InQuery(
      String name, MethodHandle accessor, Type type, Container container, Codec<Object> codec)
      implements Field {
    @Override
    public Object read(Request request) {
      if (container == Container.LIST) {
        return request.queries(name).stream().flatMap(text -> parse(text).stream()).toList();
      }
      return request.query(name).flatMap(this::parse).map(container::wrap).orElseGet(this::absent);
    }

    /**
     * The value of a text. An empty text that is no value is none: HTML forms send the fields that
     * were left empty, too.
     */
    private Optional<Object> parse(String text) {
      try {
        return Optional.of(codec.parse(text));
      } catch (IllegalArgumentException | DateTimeException e) {
        if (text.isEmpty() && container != Container.NONE) {
          return Optional.empty();
        }
        throw wrong(String.valueOf(e.getMessage()), e);
      }
    }

    private Object absent() {
      return switch (container) {
        case NONE -> throw wrong("expected a value, got none", new NoSuchElementException(name));
        case OPTIONAL -> Optional.empty();
        case OPTIONAL_INT -> OptionalInt.empty();
        case OPTIONAL_LONG -> OptionalLong.empty();
        case LIST -> List.of();
      };
    }

    private HttpException wrong(String message, RuntimeException cause) {
      return new HttpException(400, "query parameter " + name + ": " + message, cause)
          .field(name, message);
    }

    List<String> texts(Object route) {
      return container.values(value(name, accessor, route)).stream().map(codec::format).toList();
    }
  }

  /** The body, as JSON. */
  record InBody(String name, Type type) implements Field {
    @Override
    public Object read(Request request) throws IOException {
      return request.json(
          new TypeReference<Object>() {
            @Override
            public Type getType() {
              return type;
            }
          });
    }
  }

  /** The container of a query parameter's values. */
  enum Container {
    NONE,
    OPTIONAL,
    OPTIONAL_INT,
    OPTIONAL_LONG,
    LIST;

    static Container of(Class<?> type) {
      if (type == Optional.class) {
        return OPTIONAL;
      } else if (type == OptionalInt.class) {
        return OPTIONAL_INT;
      } else if (type == OptionalLong.class) {
        return OPTIONAL_LONG;
      }
      return type == List.class ? LIST : NONE;
    }

    Object wrap(Object value) {
      return switch (this) {
        case NONE -> value;
        case OPTIONAL -> Optional.of(value);
        case OPTIONAL_INT -> OptionalInt.of((Integer) value);
        case OPTIONAL_LONG -> OptionalLong.of((Long) value);
        case LIST -> List.of(value);
      };
    }

    List<?> values(Object component) {
      return switch (component) {
        case Optional<?> optional when this == OPTIONAL -> optional.stream().toList();
        case OptionalInt optional -> optional.stream().boxed().toList();
        case OptionalLong optional -> optional.stream().boxed().toList();
        case List<?> list when this == LIST -> list;
        default -> List.of(component);
      };
    }
  }

  private static Object value(String name, MethodHandle accessor, Object route) {
    try {
      Object value = (Object) accessor.invokeExact(route);
      if (value == null) {
        throw new IllegalArgumentException(name + ": expected a value, got null");
      }
      return value;
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(name + ": its accessor failed", e);
    }
  }
}
