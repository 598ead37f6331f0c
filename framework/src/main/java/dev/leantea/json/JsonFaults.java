package dev.leantea.json;

import dev.leantea.json.JsonInputException.Fault;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.ValueInstantiationException;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Finds what else is wrong in a text, for Jackson ends at the first fault: the wrong value is
 * replaced by one that fits, and the text is read again.
 */
final class JsonFaults {
  /** More do not help who wrote the text, and each one costs reading it again. */
  private static final int MAX_FAULTS = 10;

  private final byte[] json;
  private final JavaType target;
  private final List<Fault> faults = new ArrayList<>();
  private final Set<String> pointers = new HashSet<>();

  private JsonFaults(byte[] json, JavaType target) {
    this.json = json;
    this.target = target;
  }

  static JsonInputException ofNull(JavaType target) {
    String message = "expected " + Expected.of(target.getRawClass()) + ", got null";
    return new JsonInputException("", List.of(new Fault("", message)));
  }

  static JsonInputException of(JacksonException first, byte[] json, JavaType target) {
    var found = new JsonFaults(json, target);
    var _ = found.add(first);
    if (!first.getPath().isEmpty() && !(first instanceof ValueInstantiationException)) {
      found.addOthers(first);
    }
    return new JsonInputException(JsonPath.text(first), found.faults, first);
  }

  private boolean add(JacksonException e) {
    String pointer = JsonPath.pointer(e);
    return pointers.add(pointer)
        && faults.add(new Fault(pointer, JsonFault.message(e, json, target)));
  }

  private void addOthers(JacksonException first) {
    try {
      JsonNode root = Json.mapper().readTree(json);
      JacksonException last = first;
      while (faults.size() < MAX_FAULTS && replace(root, last)) {
        try {
          var _ = Json.mapper().readerFor(target).readValue(root);
          return;
        } catch (ValueInstantiationException _) {
          return; // it may have refused what was put in place of a wrong value
        } catch (JacksonException next) {
          if (!add(next)) {
            return;
          }
          last = next;
        }
      }
    } catch (JacksonException _) {
      // There is a syntax error further behind.
    }
  }

  /** Whether the value that the path leads to could be replaced. */
  private static boolean replace(JsonNode root, JacksonException e) {
    List<JacksonException.Reference> path = e.getPath();
    JsonNode parent = root;
    for (JacksonException.Reference step : path.subList(0, Math.max(0, path.size() - 1))) {
      parent = child(parent, step);
    }
    if (path.isEmpty()) {
      return false;
    }
    JacksonException.Reference last = path.getLast();
    JsonNode fitting = fitting(type(e));
    if (parent instanceof ObjectNode object && last.getPropertyName() != null) {
      object.set(last.getPropertyName(), fitting);
      return true;
    }
    if (parent instanceof ArrayNode array && array.has(last.getIndex())) {
      array.set(last.getIndex(), fitting);
      return true;
    }
    return false;
  }

  private static JsonNode child(JsonNode parent, JacksonException.Reference step) {
    String name = step.getPropertyName();
    return name == null ? parent.path(step.getIndex()) : parent.path(name);
  }

  private static @Nullable Class<?> type(JacksonException e) {
    return switch (e) {
      case MismatchedInputException mismatch -> mismatch.getTargetType();
      case InputCoercionException coercion -> coercion.getTargetType();
      default -> null;
    };
  }

  /** Null fits all types but the primitive ones. */
  private static JsonNode fitting(@Nullable Class<?> type) {
    if (type == null || !type.isPrimitive()) {
      return JsonNodeFactory.instance.nullNode();
    }
    return type == boolean.class
        ? JsonNodeFactory.instance.booleanNode(false)
        : JsonNodeFactory.instance.numberNode(0);
  }
}
