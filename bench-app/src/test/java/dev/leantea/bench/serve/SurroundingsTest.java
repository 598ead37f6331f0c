package dev.leantea.bench.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leantea.backend.Backends;
import dev.leantea.backend.Server;
import dev.leantea.backend.ServerConfig;
import dev.leantea.bench.serve.Surroundings.Part;
import dev.leantea.conformance.WireClient;
import dev.leantea.conformance.WireClient.Reply;
import dev.leantea.http.Handler;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SurroundingsTest {
  @Test
  void allParts_areAroundTheRoutes(@TempDir Path folder) throws Exception {
    Path log = folder.resolve("access.log");
    var surroundings = new Surroundings(EnumSet.allOf(Part.class), log);
    Handler routes = Answers.routes(Additions.NONE).build();
    ServerConfig config = ServerConfig.of(0).withHost("127.0.0.1");
    try (Server server = surroundings.serve(Backends.named("reactor"), config, routes);
        var client = new WireClient(server.port())) {
      Reply reply = client.get("/json").read();
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.field("X-Request-Id")).isNotEmpty();
      assertThat(reply.field("Vary")).isEqualTo("Origin");
      assertThat(reply.field("X-Frame-Options")).isEqualTo("DENY");
    }
    surroundings.close();
    assertThat(Files.readAllLines(log))
        .singleElement()
        .asString()
        .contains("\"GET /json HTTP/1.1\"");
  }
}
