package dev.leantea.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResponseCloseTest {
  private final List<String> closed = new ArrayList<>();

  @Test
  void close_lastRegisteredFirst_andOnce() {
    Response response =
        Response.text(200, "").onClose(() -> closed.add("a")).onClose(() -> closed.add("b"));
    response.close();
    response.close();
    assertThat(closed).containsExactly("b", "a");
  }

  @Test
  void close_ofAnyCopy_onceForAll() {
    Response first = Response.text(200, "").onClose(() -> closed.add("a"));
    Response second = first.withStatus(201).header("A", "1").addHeader("B", "2").withoutHeader("A");
    Response third = second.withBody(Body.EMPTY).cookie(Cookie.of("c", "3"));
    third.onClose(() -> closed.add("b")).close();
    first.close();
    assertThat(closed).containsExactly("b", "a");
  }

  @Test
  void close_anActionThrows_theOthersRun() {
    Response response =
        Response.empty(200)
            .onClose(() -> closed.add("a"))
            .onClose(
                () -> {
                  throw new IOException("on purpose");
                })
            .onClose(() -> closed.add("b"));
    response.close();
    assertThat(closed).containsExactly("b", "a");
  }

  @Test
  void close_interruptedAction_leavesTheFlag() {
    Response.empty(200)
        .onClose(
            () -> {
              throw new InterruptedException("on purpose");
            })
        .close();
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void close_nothingRegistered_doesNothing() {
    Response response = Response.empty(204);
    response.close();
    assertThat(response.status()).isEqualTo(204);
  }
}
