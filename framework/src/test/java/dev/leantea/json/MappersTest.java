package dev.leantea.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

class MappersTest {
  private record Tea(int brewMinutes) {}

  private static final JsonMapperProvider SNAKES =
      defaults -> defaults.propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();

  @Test
  void choose_noProvider_theFrameworksSettings() {
    JsonMapper mapper = Mappers.choose(List.of());
    assertThatThrownBy(() -> mapper.readValue("{\"brewMinutes\":\"3\"}", Tea.class))
        .isInstanceOf(JacksonException.class);
  }

  @Test
  void choose_oneProvider_itsMapper_onTopOfTheSettings() {
    JsonMapper mapper = Mappers.choose(List.of(SNAKES));
    assertThat(mapper.writeValueAsString(new Tea(3))).isEqualTo("{\"brew_minutes\":3}");
    assertThatThrownBy(() -> mapper.readValue("{\"brew_minutes\":\"3\"}", Tea.class))
        .isInstanceOf(JacksonException.class);
  }

  @Test
  void choose_severalProviders_areNamed() {
    assertThatThrownBy(() -> Mappers.choose(List.of(SNAKES, defaults -> defaults.build())))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("json: expected one JsonMapperProvider at most, got [dev.leantea");
  }
}
