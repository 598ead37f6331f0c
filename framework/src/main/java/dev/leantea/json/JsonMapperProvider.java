package dev.leantea.json;

import tools.jackson.databind.json.JsonMapper;

/**
 * An application's own {@link JsonMapper}, for all JSON that the framework reads and writes: date
 * formats, naming strategies, modules.
 *
 * <pre>{@code
 * public final class OurJson implements JsonMapperProvider {
 *   @Override
 *   public JsonMapper mapper(JsonMapper.Builder defaults) {
 *     return defaults.propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();
 *   }
 * }
 * }</pre>
 *
 * <p>Found by {@link java.util.ServiceLoader}: the class is named in {@code
 * META-INF/services/dev.leantea.json.JsonMapperProvider}, or behind {@code provides} in {@code
 * module-info.java}. One at most. Asked once, when JSON is first used.
 */
@FunctionalInterface
public interface JsonMapperProvider {
  /**
   * The mapper.
   *
   * @param defaults with the framework's settings, which refuse values of another type instead of
   *     converting them; the provider may ignore it
   */
  JsonMapper mapper(JsonMapper.Builder defaults);
}
