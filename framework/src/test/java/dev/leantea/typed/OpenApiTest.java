package dev.leantea.typed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leantea.json.Json;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class OpenApiTest {
  private final ObjectNode shop = OpenApi.document(Routes.of(Shop.class), "Shop", "1.0");

  private static SwaggerParseResult validate(JsonNode document) {
    return new OpenAPIV3Parser().readContents(document.toString());
  }

  @Test
  void document_ofEveryType_isValid() {
    SwaggerParseResult result = validate(shop);
    assertThat(result.getMessages()).isEmpty();
    assertThat(result.getOpenAPI().getOpenapi()).isEqualTo("3.1.0");
    assertThat(result.getOpenAPI().getPaths()).hasSize(11);
  }

  @Test
  void validator_brokenDocument_complains() {
    ObjectNode broken = shop.deepCopy();
    broken
        .withObject("paths")
        .withObject("/broken")
        .withObject("get")
        .putArray("parameters")
        .addObject();
    broken.withObject("info").remove("title");
    assertThat(validate(broken).getMessages()).hasSizeGreaterThanOrEqualTo(2);
  }

  @Test
  void parameters_areThoseOfTheRecord() {
    JsonNode search = shop.at("/paths/~1search/get");
    assertThat(search.at("/operationId").asString()).isEqualTo("Search");
    assertThat(search.at("/parameters"))
        .isEqualTo(
            Json.mapper()
                .readTree(
                    """
                    [{"name":"q","in":"query","required":true,"schema":{"type":"string"}},
                     {"name":"page","in":"query","required":false,
                      "schema":{"type":"integer","format":"int32"}}]
                    """));
  }

  @Test
  void parameters_everyType_haveTheirSchema() {
    JsonNode parameters = shop.at("/paths/~1query/get/parameters");
    assertThat(parameters.valueStream().map(each -> each.at("/schema").toString()))
        .containsExactly(
            "{\"type\":\"integer\",\"format\":\"int32\"}",
            "{\"type\":\"integer\",\"format\":\"int64\"}",
            "{\"type\":\"boolean\"}",
            "{\"type\":\"string\",\"format\":\"uuid\"}",
            "{\"type\":\"string\",\"enum\":[\"RED\",\"GREEN\"]}",
            "{\"type\":\"string\",\"format\":\"date\"}",
            "{\"type\":\"string\"}",
            "{\"type\":\"string\"}",
            "{\"type\":\"integer\",\"format\":\"int64\"}",
            "{\"type\":\"string\",\"enum\":[\"RED\",\"GREEN\"]}",
            "{\"type\":\"array\",\"items\":{\"type\":\"string\"}}",
            "{\"type\":\"array\",\"items\":{\"type\":\"integer\",\"format\":\"int32\"}}",
            "{\"type\":\"string\"}");
  }

  @Test
  void parameters_ofAnApplicationsCodec_areText() {
    ObjectNode document = OpenApi.document(Routes.of(RoutesTest.Coding.class), "Coding", "1");
    JsonNode parameters = document.at("/paths/~1hex~1{box}/get/parameters");
    assertThat(parameters.valueStream().map(each -> each.at("/schema").toString()))
        .containsExactly("{\"type\":\"string\"}", "{\"type\":\"string\"}");
  }

  @Test
  void body_refersToItsSchema() {
    JsonNode body = shop.at("/paths/~1users/post/requestBody/content/application~1json/schema");
    assertThat(body.at("/$ref").asString()).isEqualTo("#/components/schemas/NewUser");
    assertThat(shop.at("/components/schemas/NewUser"))
        .isEqualTo(
            Json.mapper()
                .readTree(
                    """
                    {"type":"object","properties":{"name":{"type":"string"},
                      "age":{"type":"integer","format":"int32"}},"required":["age"]}
                    """));
  }

  @Test
  void path_sameShapeUnderOtherNames_isOneTemplate() {
    ObjectNode document = OpenApi.document(Routes.of(Awkward.class), "Awkward", "1");
    assertThat(validate(document).getMessages()).isEmpty();
    JsonNode item = document.at("/paths/~1nodes~1{id}");
    assertThat(item.at("/get/parameters/0/name").asString()).isEqualTo("id");
    assertThat(item.at("/put/parameters/0/name").asString()).isEqualTo("id");
  }

  @Test
  void body_thatHoldsItself_isWrittenOnce() {
    ObjectNode document = OpenApi.document(Routes.of(Awkward.class), "Awkward", "1");
    JsonNode schemas = document.at("/components/schemas");
    assertThat(schemas.propertyNames())
        .containsExactlyInAnyOrder("Error", "Error2", "Node", "PairNode");
    assertThat(schemas.at("/PairNode/properties/more/additionalProperties/$ref").asString())
        .isEqualTo("#/components/schemas/PairNode");
  }

  @Test
  void query_isAnExtensionOfItsPath() {
    ObjectNode document = OpenApi.document(Routes.of(Querying.class), "Querying", "1");
    assertThat(validate(document).getMessages()).isEmpty();
    assertThat(document.at("/paths/~1teas").propertyNames()).containsExactly("x-query");
    assertThat(document.at("/paths/~1teas/x-query/responses").propertyNames())
        .containsExactlyInAnyOrder("400", "415", "default");
  }

  sealed interface Querying {
    @Path(value = "/teas", method = "QUERY")
    record Teas(@Body Map<String, String> query) implements Querying {}
  }

  sealed interface Awkward {
    @Path("/nodes/{id}")
    record Get(long id) implements Awkward {}

    @Path(value = "/nodes/{key}", method = "PUT")
    record Put(long key, @Body Pair<Node> node) implements Awkward {}

    @Path(value = "/errors", method = "POST")
    record Post(@Body List<Error> errors) implements Awkward {}
  }

  record Node(String name) {}

  /** As an application may name its own. */
  @SuppressWarnings({"AvoidCommonTypeNames", "ArrayRecordComponent"}) // what is tested here
  record Error(Instant at, byte[] raw, double size, boolean fatal, JsonNode any) {}

  record Pair<T>(Optional<T> left, T right, Map<String, Pair<T>> more) {}
}
