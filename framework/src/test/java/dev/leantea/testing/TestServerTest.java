package dev.leantea.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leantea.conformance.TestServerScenes;
import dev.leantea.http.Handler;
import dev.leantea.http.MediaType;
import dev.leantea.http.Method;
import dev.leantea.http.Request;
import dev.leantea.http.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestServerTest extends TestServerScenes {
  @Override
  protected TestServer start(Handler handler) {
    return TestServer.inMemory(handler);
  }

  @Test
  void inMemory_noPort() {
    try (TestServer server = start(_ -> Response.empty(204))) {
      assertThatThrownBy(server::port).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void inMemory_bodyThatBreaksOff_isAFailure() {
    Handler broken =
        _ ->
            Response.stream(
                200,
                MediaType.TEXT,
                out -> {
                  out.write('a');
                  throw new IOException("on purpose");
                });
    try (TestServer server = start(broken)) {
      TestClient client = server.client();
      assertThatThrownBy(() -> client.get("/"))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining("on purpose");
    }
  }

  @Test
  void inMemory_everyResponseIsClosedOnce(@TempDir Path folder) throws Exception {
    var closed = new AtomicInteger();
    Path file = Files.writeString(folder.resolve("a.txt"), "tea");
    Handler handler =
        request ->
            (request.path().equals("/file") ? Response.file(file) : Response.text(200, "ok"))
                .onClose(closed::incrementAndGet);
    try (TestServer server = start(handler)) {
      TestClient client = server.client();
      client.get("/").expect(200);
      assertThat(closed.get()).isEqualTo(1);
      client.send(Request.of(Method.HEAD, "/file")).expect(200);
      assertThat(closed.get()).isEqualTo(2);
      assertThat(client.get("/file").text()).isEqualTo("tea");
    }
  }
}
