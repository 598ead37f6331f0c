package dev.leantea.typed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leantea.http.HttpException;
import dev.leantea.http.Method;
import dev.leantea.http.Request;
import dev.leantea.http.Response;
import dev.leantea.typed.Shop.CreateUser;
import dev.leantea.typed.Shop.File;
import dev.leantea.typed.Shop.Me;
import dev.leantea.typed.Shop.Name;
import dev.leantea.typed.Shop.NewUser;
import dev.leantea.typed.Shop.ReplaceUsers;
import dev.leantea.typed.Shop.Search;
import dev.leantea.typed.Shop.User;
import java.lang.invoke.MethodHandles;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoutesTest {
  private final Routes<Shop> routes = Routes.of(Shop.class);

  @Test
  void path_placeholders_areEncoded() {
    assertThat(routes.path(new User(-42))).isEqualTo("/users/-42");
    assertThat(routes.path(new Name("a/b c?d%e+é"))).isEqualTo("/names/a%2Fb%20c%3Fd%25e+%C3%A9");
    assertThat(routes.path(new Shop.Admin.Cafe("1"))).isEqualTo("/caf%C3%A9/1/%C3%BC");
  }

  @Test
  void path_rest_keepsItsSlashes() {
    assertThat(routes.path(new File("a/b c//"))).isEqualTo("/files/a/b%20c//");
    assertThat(routes.path(new File(""))).isEqualTo("/files/");
  }

  @Test
  void path_query_leavesEmptyOptionalsOut() {
    assertThat(routes.path(new Search("a&b=c", OptionalInt.empty())))
        .isEqualTo("/search?q=a%26b%3Dc");
    assertThat(routes.path(new Search("", OptionalInt.of(2)))).isEqualTo("/search?q=&page=2");
  }

  @Test
  void path_body_isLeftOut() {
    var create = new CreateUser(new NewUser("Ada", 36), Optional.of("mail"));
    assertThat(routes.path(create)).isEqualTo("/users?source=mail");
  }

  @ParameterizedTest
  @ValueSource(strings = {".", "..", "", "a\0b", "\uD800", "x\uDC00"})
  void path_valueThatCannotStandInASegment_isRefused(String name) {
    assertThatThrownBy(() -> routes.path(new Name(name)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("{name}: expected a value that can stand in a path, got ");
  }

  @ParameterizedTest
  @ValueSource(strings = {".", "a/..", "a/./b", "../x", "/.."})
  void path_dotSegmentInRest_isRefused(String path) {
    assertThatThrownBy(() -> routes.path(new File(path)))
        .hasMessageContaining("{path}: expected a value that can stand in a path, got the dot");
  }

  @Test
  void path_surrogateInQuery_isRefused() {
    assertThatThrownBy(() -> routes.path(new Search("\uD800", OptionalInt.empty())))
        .hasMessageEndingWith("q: expected Unicode, got one with half a surrogate pair");
  }

  @Test
  void path_ofAnotherRoute_isRefused() {
    assertThatThrownBy(() -> routes.path(new Name("root")))
        .hasMessage(
            "route Name[name=root]: expected a path of its own, got /names/root,"
                + " which is one of GET /names/root");
  }

  @Test
  @SuppressWarnings("NullAway") // what callers without NullAway may do
  void path_null_isRefused() {
    assertThatThrownBy(() -> routes.path(new Name(null)))
        .hasMessage("route Name[name=null]: name: expected a value, got null");
  }

  @Test
  void parse_path_givesRecord() {
    assertThat(routes.parse("/users/42")).contains(new User(42));
    assertThat(routes.parse("/users/me")).contains(new Me());
    assertThat(routes.parse("https://example.com/users/42?x=y")).contains(new User(42));
    assertThat(routes.parse("/search?q=a+b")).contains(new Search("a b", OptionalInt.empty()));
    assertThat(routes.parse("/files/")).contains(new File(""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/users/abc",
        "/users/+42",
        "/users/٤٢",
        "/users/-",
        "/users/",
        "/users/42/",
        "/users/9223372036854775808",
        "/search",
        "/search?q=a&page=x",
        "/names/%zz",
        "/..",
        "/files",
        "mailto:x",
        "*",
        "",
      })
  void parse_noPage_isEmpty(String target) {
    assertThat(routes.parse(target)).isEmpty();
  }

  @Test
  void parse_requestWithBody_readsIt() throws Exception {
    Request request = Request.of(Method.POST, "/users").withBody("{\"name\":\"Ada\",\"age\":36}");
    assertThat(routes.parse(request))
        .contains(new CreateUser(new NewUser("Ada", 36), Optional.empty()));
  }

  @Test
  void parse_genericBody_readsItsElements() throws Exception {
    Request request =
        Request.of(Method.PUT, "/users/7").withBody("[{\"name\":\"Ada\",\"age\":36}]");
    assertThat(routes.parse(request))
        .contains(new ReplaceUsers(7, List.of(new NewUser("Ada", 36))));
  }

  @Test
  void parse_head_isTheGetRoute() throws Exception {
    assertThat(routes.parse(Request.of(Method.HEAD, "/users/42"))).contains(new User(42));
  }

  @Test
  void parse_wrongBody_namesTheField() {
    Request request =
        Request.of(Method.PUT, "/users/7").withBody("[{\"name\":\"Ada\",\"age\":\"x\"}]");
    assertThatThrownBy(() -> routes.parse(request))
        .isInstanceOf(HttpException.class)
        .hasMessageStartingWith("body field [0].age: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "{", "[]"})
  void parse_noBody_isBadRequest(String body) {
    Request request = Request.of(Method.POST, "/users").withBody(body);
    assertThatThrownBy(() -> routes.parse(request))
        .isInstanceOfSatisfying(HttpException.class, e -> assertThat(e.status()).isEqualTo(400))
        .hasMessageStartingWith("body");
  }

  @Test
  void parse_valueThatTheConstructorRefuses_doesNotFit() throws Exception {
    Routes<Careful> careful = Routes.of(Careful.class);
    assertThat(careful.parse(Request.of(Method.GET, "/days/7"))).contains(new Careful.Day(7));
    assertThat(careful.parse(Request.of(Method.GET, "/days/8"))).isEmpty();
    assertThatThrownBy(() -> careful.parse(Request.of(Method.GET, "/range?from=2&to=1")))
        .isInstanceOfSatisfying(HttpException.class, e -> assertThat(e.status()).isEqualTo(400))
        .hasMessage("range: expected from <= to, got 2 > 1");
  }

  sealed interface Careful {
    @Path("/days/{day}")
    record Day(int day) implements Careful {
      public Day {
        if (day < 1 || day > 7) {
          throw new IllegalArgumentException("day: expected 1 to 7, got " + day);
        }
      }
    }

    @Path("/range")
    record Range(int from, int to) implements Careful {
      public Range {
        if (from > to) {
          throw new IllegalArgumentException(
              "range: expected from <= to, got " + from + " > " + to);
        }
      }
    }

    @Path("/at")
    record At(@Coded(InstantCodec.class) Optional<Instant> time) implements Careful {}
  }

  @Test
  void parse_codecOfGenericTypeAndOfOptionalInt_areUsed() {
    Routes<Coding> coding = Routes.of(Coding.class);
    var hex = new Coding.Hex(OptionalInt.of(255), new Box<>("x"));
    assertThat(coding.path(hex)).isEqualTo("/hex/box-x?color=ff");
    assertThat(coding.parse(coding.path(hex))).contains(hex);
  }

  sealed interface Coding {
    @Path("/hex/{box}")
    record Hex(@Coded(HexCodec.class) OptionalInt color, Box<String> box) implements Coding {}
  }

  @Coded(BoxCodec.class)
  record Box<T>(T content) {}

  static final class BoxCodec implements Codec<Box<String>> {
    @Override
    public Box<String> parse(String text) {
      return new Box<>(text.substring("box-".length()));
    }

    @Override
    public String format(Box<String> value) {
      return "box-" + value.content();
    }
  }

  static final class HexCodec implements Codec<Integer> {
    @Override
    public Integer parse(String text) {
      return Integer.parseInt(text, 16);
    }

    @Override
    public String format(Integer value) {
      return Integer.toHexString(value);
    }
  }

  static final class InstantCodec implements Codec<Instant> {
    @Override
    public Instant parse(String text) {
      return Instant.parse(text);
    }

    @Override
    public String format(Instant value) {
      return value.toString();
    }
  }

  @Test
  void parse_codecOfSomebodyElsesType_isOnTheComponent() {
    Routes<Careful> careful = Routes.of(Careful.class);
    var at = new Careful.At(Optional.of(Instant.EPOCH));
    assertThat(careful.path(at)).isEqualTo("/at?time=1970-01-01T00%3A00%3A00Z");
    assertThat(careful.parse(careful.path(at))).contains(at);
    assertThatThrownBy(() -> careful.parse(Request.of(Method.GET, "/at?time=noon")))
        .isInstanceOf(HttpException.class)
        .hasMessage("query parameter time: Text 'noon' could not be parsed at index 0");
  }

  /** As an HTML form sends the fields that were left empty. */
  @Test
  void parse_emptyOptionalValues_areAbsent() {
    assertThat(routes.parse("/search?q=&page=")).contains(new Search("", OptionalInt.empty()));
    Routes<Emptied> emptied = Routes.of(Emptied.class);
    assertThat(emptied.parse("/form?i=&l=&b=&d=&c=&n=&n=7&n=&x=&t=&s="))
        .contains(
            new Emptied.Form(
                OptionalInt.empty(),
                OptionalLong.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(7),
                Optional.empty(),
                Optional.of(""),
                List.of("")));
  }

  @Test
  void parse_emptyRequiredNumber_isWrong() {
    assertThatThrownBy(
            () -> Routes.of(Careful.class).parse(Request.of(Method.GET, "/range?from=&to=1")))
        .hasMessage("query parameter from: expected a whole number, got \"\"");
  }

  sealed interface Emptied {
    @Path("/form")
    record Form(
        OptionalInt i,
        OptionalLong l,
        Optional<Boolean> b,
        Optional<LocalDate> d,
        Optional<Shop.Color> c,
        List<Integer> n,
        @Coded(InstantCodec.class) Optional<Instant> x,
        Optional<String> t,
        List<String> s)
        implements Emptied {}
  }

  @Test
  void link_escapesPathAndText() {
    assertThat(routes.link(new User(42), "Ada & <Co>"))
        .isEqualTo("<a href=\"/users/42\">Ada &amp; &lt;Co&gt;</a>");
    assertThat(routes.link(new Search("'\"", OptionalInt.of(1)), "\"'"))
        .isEqualTo("<a href=\"/search?q=%27%22&amp;page=1\">&quot;&#39;</a>");
  }

  @Test
  void link_toPost_isRefused() {
    assertThatThrownBy(() -> routes.link(create(), "create"))
        .hasMessage("link: expected a route for GET, got POST /users");
  }

  @Test
  void redirect_isSeeOther() {
    Response response = routes.redirect(new User(42));
    assertThat(response.status()).isEqualTo(303);
    assertThat(response.headers().first("Location")).contains("/users/42");
  }

  @Test
  void redirect_toPost_needs307() {
    assertThat(routes.redirect(307, create()).status()).isEqualTo(307);
    assertThatThrownBy(() -> routes.redirect(302, create()))
        .hasMessage("redirect 302: expected a route for GET, got POST /users");
  }

  @Test
  void url_ofRequest_hasItsHost() {
    var request = Request.of(Method.GET, "/");
    assertThat(routes.url(new Me(), request)).isEqualTo("http://localhost/users/me");
    assertThat(routes.url(new Me(), Request.of(Method.GET, "http://a.b:1?x=://")))
        .isEqualTo("http://a.b:1/users/me");
    assertThat(routes.url(new Me(), request.withAuthority("a.b").withPrefix("/app")))
        .isEqualTo("http://a.b/app/users/me");
    assertThat(routes.url(new Me(), request.withScheme("https")))
        .isEqualTo("https://localhost/users/me");
  }

  @Test
  void url_ofOrigin_hasItsSchemeAndHost() {
    assertThat(routes.url(new Me(), URI.create("https://example.com:8443/")))
        .isEqualTo("https://example.com:8443/users/me");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/a", "example.com", "https://example.com/a", "https://h?q", "mailto:a@b"})
  void url_otherThanOrigin_isRefused(String origin) {
    assertThatThrownBy(() -> routes.url(new Me(), URI.create(origin)))
        .hasMessage("origin: expected scheme://host, got " + origin);
  }

  @Test
  void of_lookup_opensPrivateRecords() {
    Routes<Hidden> hidden = Routes.of(MethodHandles.lookup(), Hidden.class);
    assertThat(hidden.parse(hidden.path(new Hidden.Page(1)))).contains(new Hidden.Page(1));
  }

  private sealed interface Hidden {
    @Path("/hidden/{n}")
    record Page(int n) implements Hidden {}
  }

  @Test
  void path_restAtRoot_staysOnThisHost() {
    Routes<Tree> tree = Routes.of(Tree.class);
    var leaf = new Tree.Leaf("/example.com/x");
    assertThat(tree.path(leaf)).isEqualTo("/%2Fexample.com/x");
    assertThat(tree.parse(tree.path(leaf))).contains(leaf);
  }

  sealed interface Tree {
    @Path("/{path...}")
    record Leaf(String path) implements Tree {}
  }

  private static CreateUser create() {
    return new CreateUser(new NewUser("Ada", 36), Optional.empty());
  }
}
