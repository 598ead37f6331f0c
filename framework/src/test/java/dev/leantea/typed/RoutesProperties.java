package dev.leantea.typed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.leantea.http.HttpException;
import dev.leantea.http.Method;
import dev.leantea.http.PercentEncoding;
import dev.leantea.http.Request;
import dev.leantea.http.RequestTarget;
import dev.leantea.http.Response;
import dev.leantea.routing.Router;
import dev.leantea.typed.Shop.Color;
import dev.leantea.typed.Shop.Sku;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What is written is read back, over all of Unicode; or it is refused, for a reason. */
class RoutesProperties {
  private static final Pattern DOT_SEGMENT = Pattern.compile("(?s)(.*/)?\\.\\.?(/.*)?");

  /** Two dots beside a slash or backslash, which RequestTarget refuses within a segment. */
  private static final Pattern UPWARDS =
      Pattern.compile("(.*[/\\\\])?\\.\\.[/\\\\].*|.*[/\\\\]\\.\\.", Pattern.DOTALL);

  private final Routes<Shop> shop = Routes.of(Shop.class);
  private final Router router =
      Router.builder()
          .typed(
              shop,
              (page, _) ->
                  Response.empty(204).header("Page", PercentEncoding.encode(page.toString())))
          .build();
  private final Routes<RoutesTest.Tree> tree = Routes.of(RoutesTest.Tree.class);

  @Property(tries = 5000)
  void segment_anyText_roundTripsOrIsRefused(@ForAll("texts") String text) {
    boolean possible =
        !text.isEmpty() && !text.equals("root") && isPath(text) && !text.matches("\\.\\.?");
    check(shop, new Shop.Name(text), possible);
  }

  @Property(tries = 5000)
  void rest_anyText_roundTripsOrIsRefused(@ForAll("texts") String text) {
    check(shop, new Shop.File(text), isPath(text) && !DOT_SEGMENT.matcher(text).matches());
  }

  @Property(tries = 5000)
  void restAtRoot_anyText_roundTripsOrIsRefused(@ForAll("texts") String text) {
    check(
        tree, new RoutesTest.Tree.Leaf(text), isPath(text) && !DOT_SEGMENT.matcher(text).matches());
  }

  @Property(tries = 5000)
  void query_anyText_roundTripsOrIsRefused(@ForAll("texts") String text, @ForAll int page) {
    check(shop, new Shop.Search(text, OptionalInt.of(page)), isUnicode(text));
  }

  @Property
  void path_everyType_roundTrips(@ForAll("paths") Shop.InPath route) {
    check(shop, route, true);
  }

  @Property
  void query_everyType_roundTrips(@ForAll("queries") Shop.InQuery route) {
    check(shop, route, true);
  }

  @Property
  void user_anyId_roundTrips(@ForAll long id) {
    check(shop, new Shop.User(id), true);
  }

  @Property(tries = 5000)
  void parse_anyTarget_agreesWithTheRouter(@ForAll("targets") String target) {
    Optional<String> served;
    try {
      Response response = router.handle(Request.of(Method.GET, target));
      served = response.headers().first("Page");
    } catch (Exception e) {
      assertThat(e).isInstanceOfAny(HttpException.class, IllegalArgumentException.class);
      served = Optional.empty();
    }
    assertThat(shop.parse(target).map(page -> PercentEncoding.encode(page.toString())))
        .isEqualTo(served);
  }

  @Provide
  Arbitrary<String> targets() {
    return Arbitraries.of(
            "users",
            "me",
            "42",
            "x",
            "names",
            "root",
            "files",
            "a%2Fb",
            "",
            "%2E%2e",
            ".",
            "%C3%BC",
            "caf%C3%A9",
            "%zz",
            "search?q=a",
            "search?q=%zz",
            "search?page=1&q=",
            "health")
        .list()
        .ofMinSize(1)
        .ofMaxSize(5)
        .map(segments -> "/" + String.join("/", segments));
  }

  private static <R> void check(Routes<R> routes, R route, boolean possible) {
    if (!possible) {
      assertThat(catchThrowable(() -> routes.path(route)))
          .isExactlyInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("expected");
      return;
    }
    String path = routes.path(route);
    assertThat(routes.parse(path)).contains(route);
    assertSurvivesOurParser(path);
  }

  /** Nothing is normalised away, and as a link it stays on this host. */
  private static void assertSurvivesOurParser(String path) {
    RequestTarget target = RequestTarget.parse(Method.GET, path);
    String query = target.query().isEmpty() ? "" : "?" + target.query();
    assertThat(target.path() + query).isEqualTo(path);
    assertThat(path).matches("/([^/\\\\\\s][!-~]*)?").doesNotStartWith("//");
  }

  private static boolean isPath(String text) {
    return isUnicode(text) && text.indexOf('\0') < 0 && !UPWARDS.matcher(text).matches();
  }

  private static boolean isUnicode(String text) {
    return java.nio.charset.StandardCharsets.UTF_8.newEncoder().canEncode(text);
  }

  @Provide
  Arbitrary<String> texts() {
    Arbitrary<String> anyChars = Arbitraries.strings().all().ofMaxLength(12);
    Arbitrary<String> anyCodePoints =
        Arbitraries.integers()
            .between(0, Character.MAX_CODE_POINT)
            .list()
            .ofMaxSize(8)
            .map(points -> points.stream().map(Character::toString).reduce("", String::concat));
    Arbitrary<String> awkward =
        Arbitraries.strings()
            .withChars('.', '/', '%', '+', '2', 'F', 'E', '\\', 'a', ' ', '?', '&', '=', '#')
            .ofMaxLength(6);
    Arbitrary<String> known =
        Arbitraries.of(
            "", ".", "..", "/", "//", "%2E", "%2e%2E", "%", "%00", "root", "*", "\uD83C\uDF75");
    return Arbitraries.oneOf(anyChars, anyCodePoints, awkward, known);
  }

  private Arbitrary<String> unicode() {
    return texts().filter(RoutesProperties::isUnicode);
  }

  private static Arbitrary<LocalDate> days() {
    return Arbitraries.longs()
        .between(LocalDate.MIN.toEpochDay(), LocalDate.MAX.toEpochDay())
        .map(LocalDate::ofEpochDay);
  }

  private static Arbitrary<UUID> uuids() {
    return Combinators.combine(Arbitraries.longs(), Arbitraries.longs()).as(UUID::new);
  }

  private Arbitrary<Sku> skus() {
    return Combinators.combine(
            unicode().filter(RoutesProperties::isPath), Arbitraries.integers().greaterOrEqual(0))
        .as(Sku::new);
  }

  @Provide
  Arbitrary<Shop.InPath> paths() {
    return Combinators.combine(
            Arbitraries.integers(),
            Arbitraries.of(true, false),
            uuids(),
            Arbitraries.of(Color.values()),
            days(),
            skus())
        .as(Shop.InPath::new);
  }

  @Provide
  Arbitrary<Shop.InQuery> queries() {
    return Combinators.combine(
            paths(),
            Arbitraries.longs(),
            unicode().optional(),
            Arbitraries.longs().optional(),
            Arbitraries.of(Color.values()).optional(),
            unicode().list().ofMaxSize(4),
            Arbitraries.integers().list().ofMaxSize(4),
            Arbitraries.strings().withCharRange('a', 'z'))
        .as(RoutesProperties::query);
  }

  private static Shop.InQuery query(
      Shop.InPath same,
      long big,
      Optional<String> text,
      Optional<Long> maybe,
      Optional<Color> shade,
      List<String> tags,
      List<Integer> numbers,
      String lower) {
    OptionalLong number = maybe.map(OptionalLong::of).orElse(OptionalLong.empty());
    return new Shop.InQuery(
        same.count(),
        big,
        same.flag(),
        same.id(),
        same.color(),
        same.day(),
        same.own(),
        text,
        number,
        shade,
        tags,
        numbers,
        lower);
  }
}
