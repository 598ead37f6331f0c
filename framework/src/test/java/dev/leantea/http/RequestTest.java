package dev.leantea.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RequestTest {
  @Test
  void of_target_takenApart() {
    Request request = Request.of(Method.GET, "/a/../b?c=d&c=e+f&%67=h");
    assertThat(request.path()).isEqualTo("/b");
    assertThat(request.query("c")).contains("d");
    assertThat(request.queries("c")).containsExactly("d", "e f");
    assertThat(request.query("g")).contains("h");
    assertThat(request.query("x")).isEmpty();
    assertThat(request.header("host")).contains("localhost");
    assertThat(request.version()).isEqualTo(HttpVersion.HTTP_1_1);
    assertThat(request.scheme()).isEqualTo("http");
    assertThat(request.authority()).isEqualTo("localhost");
    assertThat(request.route()).isEmpty();
    assertThat(request).hasToString("GET /a/../b?c=d&c=e+f&%67=h HTTP/1.1");
    assertThat(request.remoteAddress())
        .isInstanceOfSatisfying(
            InetSocketAddress.class,
            it -> assertThat(it.getAddress().isLoopbackAddress()).isTrue());
  }

  @Test
  void text_charsetOfTheMediaType() throws IOException {
    Request request = Request.of(Method.POST, "/").withBody(new byte[] {(byte) 0xE9});
    assertThat(request.withHeader("Content-Type", "text/plain; charset=iso-8859-1").text())
        .isEqualTo("é");
    assertThat(request.mediaType()).isEqualTo(MediaType.OCTET_STREAM);
    assertThat(Request.of(Method.POST, "/").withBody("é").text()).isEqualTo("é");
  }

  @Test
  void bytes_twice_theSame() throws IOException {
    Request request = Request.of(Method.POST, "/").withBody("abc");
    assertThat(request.bytes()).isEqualTo(new byte[] {'a', 'b', 'c'}).isSameAs(request.bytes());
  }

  @Test
  void stream_afterBytes_theSameAgain() throws IOException {
    Request request = Request.of(Method.POST, "/").withBody("abc");
    assertThat(request.text()).isEqualTo("abc");
    assertThat(request.stream()).hasContent("abc");
    assertThat(request.stream()).hasContent("abc");
    assertThat(request.text()).isEqualTo("abc");
  }

  @Test
  void stream_first_thenNothingElseReads() throws IOException {
    Request request = Request.of(Method.POST, "/").withBody("abc");
    Request copy = request.withHeader("X", "1");
    assertThat(request.stream()).hasContent("abc");
    assertThatThrownBy(copy::bytes)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("body: expected one reader, but stream() was called before");
    assertThatThrownBy(copy::stream).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void body_none_isEmpty() throws IOException {
    Request request = Request.of(Method.GET, "/");
    assertThat(request.bytes()).isEmpty();
    assertThat(request.stream()).isEmpty();
  }

  @Test
  void text_unknownCharset_415BeforeTheBodyIsRead() throws IOException {
    Request request =
        Request.of(Method.POST, "/").withBody("a").withHeader("Content-Type", "a/b;charset=x-tea");
    assertThatThrownBy(request::text)
        .isInstanceOfSatisfying(HttpException.class, e -> assertThat(e.status()).isEqualTo(415))
        .hasMessage("unknown charset: x-tea");
    assertThat(request.stream()).hasContent("a");
  }

  @Test
  void with_attributes_byKey() {
    Attribute<String> user = Attribute.of("user");
    Attribute<Integer> other = Attribute.of("user");
    Request request = Request.of(Method.GET, "/");
    Request attached = request.with(user, "Ada").with(other, 1).with(user, "Grace");
    assertThat(attached.attribute(user)).contains("Grace");
    assertThat(attached.attribute(other)).contains(1);
    assertThat(request.attribute(user)).isEmpty();
    assertThat(attached.withHeader("X", "1").withRoute("/", PathParameters.NONE).attribute(user))
        .contains("Grace");
  }

  @Test
  void with_eachChangesItsOwnAlone() throws IOException {
    SocketAddress client = new InetSocketAddress("192.0.2.1", 7);
    Request request =
        Request.of(Method.POST, "/users/1")
            .withRoute("/users/{id}", new PathParameters(List.of("id"), List.of("1")))
            .withAddedHeader("A", "1")
            .withAddedHeader("a", "2")
            .withBody("tea")
            .withScheme("https")
            .withRemoteAddress(client)
            .withHeader("B", "x")
            .withoutHeader("Host");
    assertThat(request.headers())
        .extracting(Object::toString)
        .containsExactly("A: 1", "a: 2", "B: x");
    assertThat(request.withHeader("a", "3").headers().all("A")).containsExactly("3");
    assertThat(request.scheme()).isEqualTo("https");
    assertThat(request.remoteAddress()).isEqualTo(client);
    assertThat(request.route()).isEqualTo("/users/{id}");
    assertThat(request.path("id")).isEqualTo("1");
    assertThat(request.text()).isEqualTo("tea");
    assertThat(request.method()).isEqualTo(Method.POST);
    assertThat(request.authority()).isEmpty();
  }

  @Test
  void authority_ofAnAbsoluteTargetFirst() {
    assertThat(Request.of(Method.GET, "https://tea.example:81/x").authority())
        .isEqualTo("tea.example:81");
    assertThat(Request.of(Method.GET, "/x").withHeader("Host", "a:1").authority()).isEqualTo("a:1");
  }

  @Test
  void withAuthority_isThatWhateverTargetAndHost() {
    Request request = Request.of(Method.GET, "http://inner:81/x").withAuthority("tea.example:444");
    assertThat(request.authority()).isEqualTo("tea.example:444");
    assertThat(request.withHeader("Host", "b").withPrefix("/app").authority())
        .isEqualTo("tea.example:444");
    assertThat(request.headers().all("Host")).containsExactly("localhost");
    for (String authority : List.of("", "a b", "a/b", "a@b", ":80", "a:99999", "a\r\nX: y")) {
      assertThatThrownBy(() -> request.withAuthority(authority))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("authority: expected host[:port], got \"");
    }
  }

  @Test
  void withPrefix_aPathWithoutASlashAtItsEnd() {
    Request request = Request.of(Method.GET, "/x");
    assertThat(request.prefix()).isEmpty();
    assertThat(request.withPrefix("/app/%C3%BC").prefix()).isEqualTo("/app/%C3%BC");
    assertThat(request.withPrefix("/app").withPrefix("").prefix()).isEmpty();
    for (String prefix :
        List.of("app", "/", "/app/", "//evil", "/\\evil", "/a?b", "/a#b", "/a/../b", "/\r\nX")) {
      assertThatThrownBy(() -> request.withPrefix(prefix))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("prefix: expected a path such as /app");
    }
  }

  @Test
  void header_inACharset_itsBytesAreReadSo() {
    Request request = Request.of(Method.GET, "/").withHeader("Last-Event-ID", "\u00c3\u00bc-1");
    assertThat(request.header("last-event-id", StandardCharsets.UTF_8)).contains("ü-1");
    assertThat(request.header("Last-Event-ID")).contains("\u00c3\u00bc-1");
    assertThat(request.header("X", StandardCharsets.UTF_8)).isEmpty();
  }

  @Test
  void queryNumbers_emptyCountsAsAbsent() {
    Request request =
        Request.of(Method.GET, "/?page=&n=7&big=4000000000&bad=x&b=+&f=1.0&ar=%D9%A3&p=%2B7&m=-7");
    assertThat(request.query("page", Integer.class)).isEmpty();
    assertThat(request.query("none", Integer.class)).isEmpty();
    assertThat(request.query("b", Integer.class)).isEmpty();
    assertThat(request.query("page", String.class)).contains("");
    assertThat(request.query("n", Integer.class)).contains(7);
    assertThat(request.query("big", Long.class)).contains(4_000_000_000L);
    assertThat(request.query("m", Integer.class)).contains(-7);
    for (String name : List.of("bad", "big", "f", "ar", "p")) {
      assertThatThrownBy(() -> request.query(name, Integer.class))
          .isInstanceOfSatisfying(HttpException.class, e -> assertThat(e.status()).isEqualTo(400))
          .hasMessageStartingWith("query parameter " + name + ": expected a whole number");
    }
  }

  @Test
  void queries_ofAType_allOfThem_blankOnesLeftOut() {
    Request request = Request.of(Method.GET, "/?day=MONDAY&day=&day=FRIDAY&bad=Someday");
    assertThat(request.queries("day", DayOfWeek.class))
        .containsExactly(DayOfWeek.MONDAY, DayOfWeek.FRIDAY);
    assertThatThrownBy(() -> request.queries("bad", DayOfWeek.class))
        .isInstanceOfSatisfying(
            HttpException.class,
            e -> assertThat(e.fields().getFirst().message()).startsWith("expected one of MONDAY,"));
    assertThatThrownBy(() -> request.queries("none", Object.class))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void path_ofAType_orNotFound() {
    Request request = Request.of(Method.GET, "/users/1");
    Request routed = request.withPath(new PathParameters(List.of("id"), List.of("1")));
    assertThat(routed.path("id", Long.class)).isEqualTo(1L);
    assertThatThrownBy(() -> routed.path("id", UUID.class))
        .isInstanceOfSatisfying(HttpException.class, e -> assertThat(e.status()).isEqualTo(404));
    assertThatThrownBy(() -> routed.path("other", Long.class))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void path_parameter_ofTheRoute() {
    Request request = Request.of(Method.GET, "/users/1");
    assertThatThrownBy(() -> request.path("id")).isInstanceOf(IllegalArgumentException.class);
    Request routed = request.withPath(new PathParameters(List.of("id"), List.of("1")));
    assertThat(routed.path("id")).isEqualTo("1");
    assertThatThrownBy(() -> routed.path("name"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("path parameter: expected one of [id], got name");
    Request again = routed.withPath(new PathParameters(List.of("x"), List.of("2")));
    assertThat(again.path("x")).isEqualTo("2");
    assertThat(again.path()).isEqualTo("/users/1");
  }

  @Test
  void pathParameters_namesAndValuesOfDifferentCount_refused() {
    assertThatThrownBy(() -> new PathParameters(List.of("a"), List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void of_malformedTarget_refused() {
    assertThatThrownBy(() -> Request.of(Method.GET, "health"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
