package dev.leantea.json;

import java.lang.reflect.Type;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.exc.InvalidDefinitionException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The Jackson mapper that the framework uses, and the few calls made on it. Every method may be
 * called by any thread.
 */
public final class Json {
  private static final JsonMapper MAPPER = Mappers.find();

  private Json() {}

  /**
   * The shared mapper, the one of the {@link JsonMapperProvider} if there is one; immutable, as
   * every Jackson 3 mapper is.
   */
  public static JsonMapper mapper() {
    return MAPPER;
  }

  /**
   * The UTF-8 JSON text of a value: a record, a collection, a {@link JsonNode}, ….
   *
   * @throws JacksonException when the value's class cannot be serialized
   */
  public static byte[] encode(Object value) {
    return MAPPER.writeValueAsBytes(value);
  }

  /**
   * Reads UTF-8 JSON text as a value of the given type; never null.
   *
   * @throws JsonInputException when the text is no JSON, is {@code null}, or does not fit the type
   * @throws IllegalStateException when no JSON fits, for Jackson cannot map the type: a mistake of
   *     the program
   */
  public static Object decode(byte[] json, Type type) throws JsonInputException {
    JavaType target = MAPPER.constructType(type);
    Object value;
    try {
      value = MAPPER.readValue(json, target);
    } catch (InvalidDefinitionException e) {
      throw new IllegalStateException(
          "json: expected a type that Jackson can read, got " + type.getTypeName(), e);
    } catch (JacksonException e) {
      throw JsonFaults.of(e, json, target);
    }
    if (value == null) {
      throw JsonFaults.ofNull(target);
    }
    return value;
  }

  /** The error document {@code {"error": message}}, in UTF-8. */
  public static byte[] error(String message) {
    return encode(MAPPER.createObjectNode().put("error", message));
  }
}
