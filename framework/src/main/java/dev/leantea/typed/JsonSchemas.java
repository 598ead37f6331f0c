package dev.leantea.typed;

import dev.leantea.json.Json;
import java.lang.reflect.Type;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.core.JsonParser.NumberType;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.jsonFormatVisitors.JsonAnyFormatVisitor;
import tools.jackson.databind.jsonFormatVisitors.JsonArrayFormatVisitor;
import tools.jackson.databind.jsonFormatVisitors.JsonBooleanFormatVisitor;
import tools.jackson.databind.jsonFormatVisitors.JsonFormatTypes;
import tools.jackson.databind.jsonFormatVisitors.JsonFormatVisitable;
import tools.jackson.databind.jsonFormatVisitors.JsonFormatVisitorWrapper;
import tools.jackson.databind.jsonFormatVisitors.JsonIntegerFormatVisitor;
import tools.jackson.databind.jsonFormatVisitors.JsonMapFormatVisitor;
import tools.jackson.databind.jsonFormatVisitors.JsonNullFormatVisitor;
import tools.jackson.databind.jsonFormatVisitors.JsonNumberFormatVisitor;
import tools.jackson.databind.jsonFormatVisitors.JsonObjectFormatVisitor;
import tools.jackson.databind.jsonFormatVisitors.JsonStringFormatVisitor;
import tools.jackson.databind.jsonFormatVisitors.JsonValueFormat;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON Schemas (2020-12, as OpenAPI 3.1 has them) of types as Jackson sees them. An object's schema
 * is written once, under {@code #/components/schemas}, and referred to. For one document, one
 * thread.
 */
final class JsonSchemas {
  private final Map<JavaType, String> names = new HashMap<>();
  private final ObjectNode definitions = object();

  static ObjectNode object() {
    return Json.mapper().createObjectNode();
  }

  /** The schemas that others refer to, by name. */
  ObjectNode definitions() {
    return definitions;
  }

  ObjectNode of(Type type) {
    return of(Json.mapper().constructType(type));
  }

  private ObjectNode of(JavaType type) {
    var schema = object();
    Json.mapper().acceptJsonFormatVisitor(type, new Visitor(schema));
    return schema;
  }

  static ObjectNode reference(String name) {
    return object().put("$ref", "#/components/schemas/" + name);
  }

  /** Adds a schema under a name, with a number appended if the name is in use. */
  String define(String wanted, ObjectNode schema) {
    // OpenAPI 3.1 §4.8.7: the characters that keys of components may have.
    String plain = wanted.replaceAll("[^A-Za-z0-9._-]", "_");
    String free =
        Stream.iterate(1, count -> count + 1)
            .map(count -> count == 1 ? plain : plain + count)
            .filter(name -> !definitions.has(name))
            .findFirst()
            .orElseThrow();
    definitions.set(free, schema);
    return free;
  }

  private static String name(JavaType type) {
    return type.getRawClass().getSimpleName()
        + type.getBindings().getTypeParameters().stream()
            .map(JsonSchemas::name)
            .collect(Collectors.joining());
  }

  /** Fills a schema with what Jackson reports of a type. */
  private final class Visitor extends JsonFormatVisitorWrapper.Base {
    private final ObjectNode schema;

    Visitor(ObjectNode schema) {
      this.schema = schema;
    }

    @Override
    public JsonObjectFormatVisitor expectObjectFormat(JavaType type) {
      String known = names.get(type);
      ObjectNode definition = object().put("type", "object");
      String name = known == null ? define(name(type), definition) : known;
      names.put(type, name);
      schema.setAll(reference(name));
      // A known type is not visited again: it may refer to itself.
      return known == null
          ? new Properties(definition)
          : new JsonObjectFormatVisitor.Base(_context);
    }

    @Override
    public JsonArrayFormatVisitor expectArrayFormat(JavaType type) {
      schema.put("type", "array");
      return new JsonArrayFormatVisitor.Base(_context) {
        @Override
        public void itemsFormat(JsonFormatVisitable handler, JavaType elementType) {
          schema.set("items", of(elementType));
        }

        @Override
        public void itemsFormat(JsonFormatTypes format) {
          schema.set("items", object().put("type", format.value()));
        }
      };
    }

    @Override
    public JsonMapFormatVisitor expectMapFormat(JavaType type) {
      schema.put("type", "object");
      return new JsonMapFormatVisitor.Base(_context) {
        @Override
        public void valueFormat(JsonFormatVisitable handler, JavaType valueType) {
          schema.set("additionalProperties", of(valueType));
        }
      };
    }

    @Override
    public JsonStringFormatVisitor expectStringFormat(JavaType type) {
      schema.put("type", "string");
      return new JsonStringFormatVisitor.Base() {
        @Override
        public void format(JsonValueFormat format) {
          schema.put("format", format.toString());
        }

        @Override
        public void enumTypes(Set<String> constants) {
          constants.forEach(schema.withArray("enum")::add);
        }
      };
    }

    @Override
    public JsonIntegerFormatVisitor expectIntegerFormat(JavaType type) {
      schema.put("type", "integer");
      return new JsonIntegerFormatVisitor.Base() {
        @Override
        public void numberType(NumberType size) {
          if (size == NumberType.INT || size == NumberType.LONG) {
            schema.put("format", size == NumberType.INT ? "int32" : "int64");
          }
        }
      };
    }

    @Override
    public JsonNumberFormatVisitor expectNumberFormat(JavaType type) {
      schema.put("type", "number");
      return new JsonNumberFormatVisitor.Base();
    }

    @Override
    public JsonBooleanFormatVisitor expectBooleanFormat(JavaType type) {
      schema.put("type", "boolean");
      return new JsonBooleanFormatVisitor.Base();
    }

    @Override
    public JsonNullFormatVisitor expectNullFormat(JavaType type) {
      schema.put("type", "null");
      return new JsonNullFormatVisitor.Base();
    }

    @Override
    public JsonAnyFormatVisitor expectAnyFormat(JavaType type) {
      return new JsonAnyFormatVisitor.Base(); // the schema {} accepts anything
    }
  }

  /** Fills an object's schema with its properties. */
  private final class Properties extends JsonObjectFormatVisitor.Base {
    private final ObjectNode schema;

    Properties(ObjectNode schema) {
      super(Json.mapper()._serializationContext());
      this.schema = schema;
    }

    @Override
    public void property(BeanProperty property) {
      add(property.getName(), property.getType(), true);
    }

    @Override
    public void optionalProperty(BeanProperty property) {
      add(property.getName(), property.getType(), property.getType().isPrimitive());
    }

    @Override
    public void property(String name, JsonFormatVisitable handler, JavaType type) {
      add(name, type, true);
    }

    @Override
    public void optionalProperty(String name, JsonFormatVisitable handler, JavaType type) {
      add(name, type, false);
    }

    /** Jackson refuses an object that lacks a primitive, and reads null for anything else. */
    private void add(String name, JavaType type, boolean required) {
      schema.withObject("properties").set(name, of(type));
      if (required) {
        schema.withArray("required").add(name);
      }
    }
  }
}
