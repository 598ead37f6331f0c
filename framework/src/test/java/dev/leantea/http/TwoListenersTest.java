package dev.leantea.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leantea.http.CompletedExchange.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TwoListenersTest {
  private static final Attribute<String> SEEN = Attribute.of("seen");

  private static final CompletedExchange ENDED =
      new CompletedExchange(Optional.empty(), "", 400, 0, Duration.ZERO, Outcome.REFUSED, "bad");

  private final List<String> calls = new ArrayList<>();

  /** Notes its calls; fails at the end of an exchange if it is to. */
  private final class Noting implements ExchangeListener {
    private final String name;
    private final boolean failing;

    Noting(String name, boolean failing) {
      this.name = name;
      this.failing = failing;
    }

    @Override
    public Request started(Request request) {
      if (failing) {
        throw new StackOverflowError(name);
      }
      return request.with(SEEN, request.attribute(SEEN).orElse("") + name);
    }

    @Override
    public void completed(CompletedExchange exchange) {
      calls.add(name + " " + exchange.reason());
      if (failing) {
        throw new IllegalStateException(name);
      }
    }

    @Override
    public void heldLoop(Method method, String route, Duration beside) {
      calls.add(name + " " + route);
    }
  }

  @Test
  void and_bothAreNotified_inOrder() {
    ExchangeListener both =
        new Noting("a", false).and(new Noting("b", false)).and(new Noting("c", false));
    both.completed(ENDED);
    both.heldLoop(Method.GET, "/slow", Duration.ZERO);
    assertThat(calls).containsExactly("a bad", "b bad", "c bad", "a /slow", "b /slow", "c /slow");
    assertThat(both.started(Request.of(Method.GET, "/")).attribute(SEEN)).contains("abc");
  }

  @Test
  void and_theFirstFails_theOtherIsNotifiedStill() {
    ExchangeListener both = new Noting("a", true).and(new Noting("b", false));
    assertThatThrownBy(() -> both.completed(ENDED)).hasMessage("a");
    assertThat(calls).containsExactly("a bad", "b bad");
    assertThat(both.started(Request.of(Method.GET, "/")).attribute(SEEN)).contains("b");
  }
}
