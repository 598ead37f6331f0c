package dev.leantea.session;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leantea.http.Execution;
import dev.leantea.http.Handler;
import dev.leantea.http.Method;
import dev.leantea.http.Request;
import dev.leantea.http.Response;
import dev.leantea.session.SessionApplication.Visit;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Sessions in a store, and attacks on them. */
class StoreSessionsTest {
  private static final String NAME = "__Host-session";
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final TestClock clock = new TestClock();
  private final MemorySessions store = new MemorySessions(3, clock);
  private final Sessions<Visit> sessions = Sessions.inStore(Visit.class, store).withClock(clock);

  private Browser open() {
    return new Browser(SessionApplication.of(sessions));
  }

  private String user(String cookie) throws Exception {
    return open().with(NAME, cookie).get("/").bodyText();
  }

  @Test
  void session_livesFromLoginToLogout_withOneCookie() throws Exception {
    Browser browser = open();
    browser.get("/login/ada");
    String cookie = browser.cookie(NAME);
    assertThat(cookie).matches("[A-Za-z0-9_-]{43}");
    assertThat(browser.get("/count").bodyText()).isEqualTo("1");
    assertThat(browser.get("/count").bodyText()).isEqualTo("2");
    assertThat(browser.cookie(NAME)).isEqualTo(cookie);
    assertThat(browser.get("/").bodyText()).isEqualTo("ada");
    browser.get("/logout");
    assertThat(browser.cookie(NAME)).isEmpty();
    assertThat(store.size()).isZero();
  }

  @Test
  void cookie_replayedAfterTheLogout_isNoSession() throws Exception {
    Browser browser = open();
    browser.get("/login/ada");
    String stolen = browser.cookie(NAME);
    assertThat(user(stolen)).isEqualTo("ada");
    browser.get("/logout");
    assertThat(user(stolen)).isEqualTo("none");
  }

  @Test
  void plantedId_neverBecomesALogin() throws Exception {
    Browser attacker = open();
    attacker.get("/count");
    String planted = attacker.cookie(NAME);
    for (String id : new String[] {planted, "A".repeat(43)}) {
      Browser victim = open().with(NAME, id);
      victim.get("/login/ada");
      assertThat(victim.cookie(NAME)).isNotEqualTo(id);
      assertThat(victim.get("/").bodyText()).isEqualTo("ada");
      assertThat(user(id)).isEqualTo("none");
    }
  }

  @Test
  void ids_differ_andTheStoreDoesNotHaveThem() throws Exception {
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < 3; i++) {
      Browser browser = open();
      browser.get("/login/ada");
      ids.add(browser.cookie(NAME));
    }
    assertThat(ids).hasSize(3);
    for (String id : ids) {
      assertThat(store.find(id, MINUTE)).isEmpty();
    }
  }

  @Test
  void session_endsAtItsLimits() throws Exception {
    Browser browser = open();
    browser.get("/login/ada");
    for (int minutes = 0; minutes < 12 * 60 - 20; minutes += 20) {
      clock.pass(Duration.ofMinutes(20));
      assertThat(browser.get("/").bodyText()).isEqualTo("ada");
    }
    clock.pass(Duration.ofMinutes(20));
    assertThat(browser.get("/").bodyText()).isEqualTo("none");
    assertThat(store.size()).isZero();
    browser.get("/login/ada");
    clock.pass(Duration.ofMinutes(30));
    assertThat(browser.get("/").bodyText()).isEqualTo("none");
  }

  /** A slow request must not bring a session back that a logout has ended. */
  @Test
  void update_afterTheLogout_doesNotBringItBack() throws Exception {
    Browser browser = open();
    browser.get("/login/ada");
    String cookie = browser.cookie(NAME);
    Handler slow =
        sessions
            .filter()
            .apply(
                request -> {
                  Visit visit = sessions.find(request).orElseThrow();
                  browser.get("/logout");
                  return sessions.update(request, Response.empty(204), visit);
                });
    Response response =
        slow.handle(Request.of(Method.GET, "/").withHeader("Cookie", NAME + "=" + cookie));
    assertThat(response.headers().contains("Set-Cookie")).isFalse();
    assertThat(user(cookie)).isEqualTo("none");
    assertThat(store.size()).isZero();
  }

  @Test
  void idleLimit_isShorterNearTheAbsoluteOne_andNeverNothing() {
    SessionOptions options = SessionOptions.DEFAULTS.withClock(clock);
    Session session = Session.begin(clock.instant(), new byte[0]);
    assertThat(options.idle(session)).isEqualTo(Duration.ofMinutes(30));
    clock.pass(Duration.ofHours(11).plusMinutes(45));
    assertThat(options.idle(session)).isEqualTo(Duration.ofMinutes(15));
    clock.pass(Duration.ofHours(1));
    assertThat(options.idle(session)).isEqualTo(Duration.ofMillis(1));
  }

  @Test
  void filter_readsTheStoreOnlyWhenAsked_andNeverBlocks() throws Exception {
    Browser browser = open();
    browser.get("/login/ada");
    clock.pass(Duration.ofMinutes(29));
    browser.get("/plain");
    clock.pass(Duration.ofMinutes(1));
    assertThat(browser.get("/").bodyText()).isEqualTo("none");
    Handler handler = sessions.filter().apply(Handler.nonBlocking(_ -> Response.empty(204)));
    assertThat(handler.execution()).isEqualTo(Execution.NON_BLOCKING);
  }

  // ---- the store in memory

  @Test
  void memory_isBounded_theLongestUnusedGoesFirst() {
    for (String id : new String[] {"a", "b", "c"}) {
      store.create(id, id.getBytes(US_ASCII), MINUTE);
    }
    assertThat(store.find("a", MINUTE)).isPresent();
    store.create("d", "d".getBytes(US_ASCII), MINUTE);
    assertThat(store.size()).isEqualTo(3);
    assertThat(store.find("b", MINUTE)).isEmpty();
    assertThat(store.find("a", MINUTE)).isPresent();
  }

  @Test
  void memory_forgetsWhatIsOver() {
    store.create("a", new byte[0], MINUTE);
    clock.pass(MINUTE.minusNanos(1));
    assertThat(store.find("a", MINUTE)).isPresent();
    clock.pass(MINUTE);
    assertThat(store.replace("a", new byte[1], MINUTE)).isFalse();
    assertThat(store.find("a", MINUTE)).isEmpty();
    store.create("b", new byte[0], MINUTE);
    clock.pass(MINUTE);
    store.create("c", new byte[0], MINUTE);
    assertThat(store.size()).isOne();
    store.remove("c");
    store.remove("c");
    assertThat(store.size()).isZero();
  }

  @Test
  void memory_withoutRoom_refused() {
    assertThatThrownBy(() -> SessionStore.inMemory(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("max sessions: expected 1 or more, got 0");
  }
}
