package dev.leantea.typed;

import dev.leantea.http.Method;
import dev.leantea.http.PercentEncoding;
import dev.leantea.routing.PathPattern;
import dev.leantea.routing.PathPattern.Segment;
import java.lang.reflect.Type;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes an OpenAPI document from typed routes.
 *
 * <pre>{@code
 * JsonNode document = OpenApi.document(pages, "Users", "1.0");
 * Router.builder().get("/openapi.json", nonBlocking(request -> Response.json(200, document)))
 * }</pre>
 *
 * <p>It has each route's method, path, parameters and body; of the responses only the errors that
 * typed routes answer with themselves. A {@code {rest...}} becomes a plain path parameter, for
 * OpenAPI has none that spans segments; a route for QUERY is under {@code x-query}.
 */
public final class OpenApi {
  private static final String VERSION = "3.1.0";

  private final ObjectNode document = JsonSchemas.object();
  private final JsonSchemas schemas = new JsonSchemas();
  private final Map<List<Segment>, PathPattern> templates = new HashMap<>();
  private final Set<String> operations = new HashSet<>();

  private OpenApi() {}

  /**
   * The OpenAPI 3.1 document of some routes; the caller may add to it.
   *
   * @param title of the API
   * @param version of the API, not of OpenAPI
   */
  public static ObjectNode document(Routes<?> routes, String title, String version) {
    return new OpenApi().describe(routes, title, version);
  }

  private ObjectNode describe(Routes<?> routes, String title, String version) {
    document.put("openapi", VERSION);
    document.putObject("info").put("title", title).put("version", version);
    ObjectNode paths = document.putObject("paths");
    String error = schemas.define("Error", errorSchema());
    for (TypedRoute<?> route : routes.typed()) {
      PathPattern template = template(route);
      paths
          .withObjectProperty(text(template))
          .set(key(route.method()), operation(route, template, error));
    }
    document.putObject("components").set("schemas", schemas.definitions());
    return document;
  }

  /** OpenAPI 3.1 §4.8.9.1 has no member for QUERY, so that its routes are in an extension. */
  private static String key(Method method) {
    return method.equals(Method.QUERY) ? "x-query" : method.name().toLowerCase(Locale.ROOT);
  }

  /** What {@link dev.leantea.http.HttpException} writes. */
  private static ObjectNode errorSchema() {
    ObjectNode schema = JsonSchemas.object().put("type", "object");
    ObjectNode properties = schema.putObject("properties");
    properties.putObject("error").put("type", "string");
    ObjectNode field = properties.putObject("fields").put("type", "array").putObject("items");
    ObjectNode parts = field.put("type", "object").putObject("properties");
    parts.putObject("field").put("type", "string");
    parts.putObject("message").put("type", "string");
    schema.putArray("required").add("error");
    return schema;
  }

  /**
   * The pattern whose placeholder names the document uses: paths that differ only in those names
   * are one path (OpenAPI 3.1 §4.8.8).
   */
  private PathPattern template(TypedRoute<?> route) {
    List<Segment> shape = new RouteKey(route.method(), route.pattern()).segments();
    return templates.computeIfAbsent(shape, _ -> route.pattern());
  }

  private static String text(PathPattern pattern) {
    return pattern.segments().stream()
        .map(
            segment ->
                switch (segment) {
                  case Segment.Literal(String value) -> "/" + PercentEncoding.encode(value);
                  case Segment.Parameter(String name) -> "/{" + name + "}";
                  case Segment.Rest(String name) -> "/{" + name + "}";
                })
        .collect(Collectors.joining());
  }

  private ObjectNode operation(TypedRoute<?> route, PathPattern template, String error) {
    ObjectNode operation = JsonSchemas.object().put("operationId", operationId(route.type()));
    ArrayNode parameters = operation.putArray("parameters");
    addPathParameters(parameters, route, template);
    for (Field.InQuery field : route.each(Field.InQuery.class)) {
      boolean required = field.container() == Field.Container.NONE;
      parameters.add(parameter("query", field.name(), required, querySchema(field)));
    }
    for (Field.InBody field : route.each(Field.InBody.class)) {
      ObjectNode body = operation.putObject("requestBody").put("required", true);
      addJson(body, schemas.of(field.type()));
    }
    operation.set("responses", responses(route, error));
    return operation;
  }

  private String operationId(Class<?> type) {
    String name = type.getSimpleName();
    for (int count = 2; !operations.add(name); count++) {
      name = type.getSimpleName() + count;
    }
    return name;
  }

  private static void addPathParameters(
      ArrayNode parameters, TypedRoute<?> route, PathPattern template) {
    List<String> own = route.pattern().names();
    for (int i = 0; i < own.size(); i++) {
      for (Field.InPath field : route.each(Field.InPath.class)) {
        if (field.name().equals(own.get(i))) {
          parameters.add(parameter("path", template.names().get(i), true, schema(field.type())));
        }
      }
    }
  }

  private static ObjectNode parameter(String in, String name, boolean required, ObjectNode schema) {
    ObjectNode parameter = JsonSchemas.object().put("name", name).put("in", in);
    parameter.put("required", required).set("schema", schema);
    return parameter;
  }

  private static ObjectNode querySchema(Field.InQuery field) {
    ObjectNode single = schema(field.type());
    if (field.container() != Field.Container.LIST) {
      return single;
    }
    ObjectNode list = JsonSchemas.object().put("type", "array");
    list.set("items", single);
    return list;
  }

  /** The schema of a value as its text in a URL. */
  private static ObjectNode schema(Type type) {
    ObjectNode schema = JsonSchemas.object();
    if (type == int.class || type == Integer.class) {
      return schema.put("type", "integer").put("format", "int32");
    } else if (type == long.class || type == Long.class) {
      return schema.put("type", "integer").put("format", "int64");
    } else if (type == boolean.class || type == Boolean.class) {
      return schema.put("type", "boolean");
    }
    schema.put("type", "string");
    if (type == UUID.class) {
      return schema.put("format", "uuid");
    } else if (type == LocalDate.class) {
      return schema.put("format", "date");
    }
    return type instanceof Class<?> plain && plain.isEnum() ? withConstants(schema, plain) : schema;
  }

  private static ObjectNode withConstants(ObjectNode schema, Class<?> type) {
    ArrayNode names = schema.putArray("enum");
    Arrays.stream(type.getEnumConstants()).forEach(each -> names.add(((Enum<?>) each).name()));
    return schema;
  }

  private static ObjectNode responses(TypedRoute<?> route, String error) {
    ObjectNode responses = JsonSchemas.object();
    if (route.fields().stream().anyMatch(field -> !(field instanceof Field.InPath))) {
      addError(responses, "400", "a value of the query or the body does not fit", error);
    }
    if (!route.each(Field.InPath.class).isEmpty()) {
      addError(responses, "404", "there is no such page", error);
    }
    if (!route.each(Field.InBody.class).isEmpty()) {
      addError(responses, "415", "the body's media type is not JSON", error);
    }
    responses.putObject("default").put("description", "the answer of the route");
    return responses;
  }

  private static void addError(
      ObjectNode responses, String status, String description, String error) {
    ObjectNode response = responses.putObject(status).put("description", description);
    addJson(response, JsonSchemas.reference(error));
  }

  private static void addJson(ObjectNode owner, ObjectNode schema) {
    owner.putObject("content").putObject("application/json").set("schema", schema);
  }
}
