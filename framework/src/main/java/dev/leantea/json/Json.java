package dev.leantea.json;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The Jackson mapper that the framework uses, and the few calls made on it. Every method may be
 * called by any thread.
 */
public final class Json {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private Json() {}

  /** The shared mapper; immutable, as every Jackson 3 mapper is. */
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
   * Reads UTF-8 JSON text as a value of the given class.
   *
   * @throws JacksonException when the text is no JSON or does not fit the class
   */
  public static <T> T decode(byte[] json, Class<T> type) {
    return MAPPER.readValue(json, type);
  }

  /** The error document {@code {"error": message}}, in UTF-8. */
  public static byte[] error(String message) {
    return encode(MAPPER.createObjectNode().put("error", message));
  }
}
