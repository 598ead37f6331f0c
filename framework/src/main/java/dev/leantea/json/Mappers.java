package dev.leantea.json;

import java.util.List;
import java.util.ServiceLoader;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

/** Makes the mapper: the application's own, or one with the framework's settings. */
final class Mappers {
  private Mappers() {}

  static JsonMapper find() {
    return choose(
        ServiceLoader.load(JsonMapperProvider.class).stream()
            .map(ServiceLoader.Provider::get)
            .toList());
  }

  /**
   * The only provider's mapper, or the framework's.
   *
   * @throws IllegalStateException when there are several providers
   */
  static JsonMapper choose(List<JsonMapperProvider> providers) {
    if (providers.size() > 1) {
      List<String> names = providers.stream().map(it -> it.getClass().getName()).toList();
      throw new IllegalStateException(
          "json: expected one JsonMapperProvider at most, got " + names);
    }
    return providers.isEmpty() ? defaults().build() : providers.getFirst().mapper(defaults());
  }

  /** What is no whole number is not cut to one, and texts, numbers and booleans stay apart. */
  private static JsonMapper.Builder defaults() {
    return JsonMapper.builder()
        .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
        .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
        .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
        .withCoercionConfig(
            LogicalType.Textual,
            texts ->
                texts
                    .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                    .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                    .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail));
  }
}
