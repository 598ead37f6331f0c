package dev.leantea.values;

import java.util.LinkedHashMap;
import java.util.Map;

/** Enums, by the names of their constants. */
final class EnumText {
  private EnumText() {}

  static TextReader<Object> reader(Class<?> type) {
    Map<String, Object> byName = new LinkedHashMap<>();
    for (Object constant : type.getEnumConstants()) {
      byName.put(((Enum<?>) constant).name(), constant);
    }
    return new TextReader<>(
        "one of " + String.join(", ", byName.keySet()), text -> find(byName, text));
  }

  private static Object find(Map<String, Object> byName, String text) {
    Object constant = byName.get(text);
    if (constant == null) {
      throw new IllegalArgumentException();
    }
    return constant;
  }
}
