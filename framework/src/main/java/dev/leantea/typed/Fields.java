package dev.leantea.typed;

import java.lang.invoke.MethodHandle;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the fields of a record that {@link RouteRules} has checked. */
final class Fields {
  private final Members members;
  private final List<String> placeholders;

  private Fields(Members members, List<String> placeholders) {
    this.members = members;
    this.placeholders = placeholders;
  }

  static List<Field> of(Class<?> type, List<String> placeholders, Members members) {
    var fields = new Fields(members, placeholders);
    return Arrays.stream(type.getRecordComponents()).map(fields::field).toList();
  }

  private Field field(RecordComponent component) {
    String name = component.getName();
    Type type = component.getGenericType();
    if (component.isAnnotationPresent(Body.class)) {
      return new Field.InBody(name, type);
    }
    MethodHandle accessor = members.accessor(component);
    Type single = Reflection.single(type);
    Coded coded = Reflection.coded(component);
    Codec<Object> codec = codec(coded, Reflection.rawClass(single));
    Type text = coded == null ? single : String.class;
    return placeholders.contains(name)
        ? new Field.InPath(name, accessor, text, codec)
        : new Field.InQuery(name, accessor, text, Field.Container.of(component.getType()), codec);
  }

  @SuppressWarnings("unchecked") // RouteRules has checked that the codec is for this type
  private Codec<Object> codec(@Nullable Coded coded, Class<?> type) {
    return (Codec<Object>) (coded == null ? Codecs.of(type) : members.codec(coded.value()));
  }
}
