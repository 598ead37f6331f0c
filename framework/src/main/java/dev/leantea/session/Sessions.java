package dev.leantea.session;

import dev.leantea.http.Attribute;
import dev.leantea.http.Cookie;
import dev.leantea.http.Filter;
import dev.leantea.http.Request;
import dev.leantea.http.Response;
import dev.leantea.json.Json;
import dev.leantea.json.JsonInputException;
import dev.leantea.session.SessionSlot.Found;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;

/**
 * Sessions whose value is a record of the application's own, kept as JSON.
 *
 * <pre>{@code
 * record Login(long user) {}
 *
 * static final Sessions<Login> SESSIONS =
 *     Sessions.inCookie(Login.class, SessionKeys.parse(System.getenv("SESSION_KEYS")));
 *
 * Router.builder()
 *     .filter(SESSIONS.filter())
 *     .post("/login", request ->
 *         SESSIONS.begin(request, Response.redirect(303, "/"), new Login(userOf(request))))
 *     .get("/", request -> page(SESSIONS.find(request)))
 *     .post("/logout", request -> SESSIONS.end(request, Response.redirect(303, "/")))
 * }</pre>
 *
 * <p>{@link #begin} always makes a new session, whatever the client sent: a session that somebody
 * else has planted in a browser never becomes a logged-in one (session fixation). A cookie that is
 * forged, over its limits, or of a value that is not {@code S} any more, is no session.
 *
 * <p>A session ends when it was not read for 30 minutes, and 12 hours after it began. Its cookie is
 * {@code __Host-session; Path=/; Secure; HttpOnly; SameSite=Lax}: some user agents keep it over TLS
 * alone, also on localhost. A response has {@code Cache-Control: private}, if the handler sets
 * none, when the session was read or written.
 *
 * <table>
 * <caption>Where sessions are kept</caption>
 * <tr><th></th><th>{@link #inCookie}</th><th>{@link #inStore}</th></tr>
 * <tr><td>needs</td><td>a key that all servers have</td><td>memory, Redis, …</td></tr>
 * <tr><td>size</td><td>about 3000 bytes of JSON</td><td>as the store allows</td></tr>
 * <tr><td>{@link #end}</td>
 *     <td>removes the cookie; a copy of it is valid until the limits are reached</td>
 *     <td>ends the session, whoever has the cookie</td></tr>
 * </table>
 *
 * <p>Immutable; any thread.
 *
 * @param <S> the value's class, which Jackson can write and read
 */
public final class Sessions<S> {
  private final Class<S> type;
  private final Function<SessionOptions, Keeper> keepers;
  private final SessionOptions options;
  private final Keeper keeper;
  private final Attribute<SessionSlot<S>> key = Attribute.of("session");

  private Sessions(
      Class<S> type, Function<SessionOptions, Keeper> keepers, SessionOptions options) {
    this.type = type;
    this.keepers = keepers;
    this.options = options;
    this.keeper = keepers.apply(options);
  }

  /** Sessions that are kept in the cookie itself, encrypted and signed. */
  public static <S> Sessions<S> inCookie(Class<S> type, SessionKeys keys) {
    return new Sessions<>(type, it -> new CookieKeeper(keys, it), SessionOptions.DEFAULTS);
  }

  /** Sessions that are kept in a store; the cookie has a random number of 256 bits. */
  public static <S> Sessions<S> inStore(Class<S> type, SessionStore store) {
    return new Sessions<>(type, it -> new StoreKeeper(store, it), SessionOptions.DEFAULTS);
  }

  /**
   * These sessions with another cookie, whose value is not used: {@code Cookie.of("session",
   * "").path("/").httpOnly().sameSite(LAX)} where there is no TLS in development. With a {@code
   * maxAge}, user agents keep it when they are closed.
   *
   * @throws IllegalArgumentException when user agents would ignore the cookie
   */
  public Sessions<S> withCookie(Cookie cookie) {
    return new Sessions<>(type, keepers, options.withCookie(cookie.withValue("")));
  }

  /**
   * These sessions with another time after which one ends that was not read. In a cookie it is
   * exact to an eighth.
   *
   * @throws IllegalArgumentException when it is shorter than a second
   */
  public Sessions<S> withIdleLimit(Duration time) {
    return new Sessions<>(type, keepers, options.withIdle(time));
  }

  /**
   * These sessions with another time after which one ends whatever happens.
   *
   * @throws IllegalArgumentException when it is shorter than a second
   */
  public Sessions<S> withAbsoluteLimit(Duration time) {
    return new Sessions<>(type, keepers, options.withAbsolute(time));
  }

  Sessions<S> withClock(InstantSource clock) {
    return new Sessions<>(type, keepers, options.withClock(clock));
  }

  /**
   * The filter that has to be around all handlers that use the sessions. It never blocks: a session
   * is read when a handler asks for it.
   */
  public Filter filter() {
    return Filter.nonBlocking(
        next ->
            request -> {
              var slot = new SessionSlot<S>(request.cookie(options.cookie().name()), this::read);
              return finish(slot, next.handle(request.with(key, slot)));
            });
  }

  private Optional<Found<S>> read(String cookie) {
    return keeper
        .find(cookie)
        .flatMap(it -> value(it).map(value -> new Found<>(cookie, it, value)));
  }

  /** Empty when it was written by a program whose class was another one. */
  private Optional<S> value(Session session) {
    try {
      return Optional.of(type.cast(Json.decode(session.json(), type)));
    } catch (JsonInputException e) {
      return Optional.empty();
    }
  }

  private Response finish(SessionSlot<S> slot, Response response) {
    boolean written = SetCookies.has(response, options.cookie().name());
    Optional<String> renewed =
        written ? Optional.empty() : slot.found().map(Found::session).flatMap(keeper::renew);
    Response complete = renewed.map(it -> set(response, it)).orElse(response);
    return (written || slot.isRead()) && !response.headers().contains("Cache-Control")
        ? complete.header("Cache-Control", "private")
        : complete;
  }

  private Response set(Response response, String value) {
    return SetCookies.replace(response, options.cookie().withValue(value));
  }

  /**
   * The value of the request's session; empty when it has none. Reads a store, which may block.
   *
   * @throws IllegalStateException when the request did not pass the {@link #filter}
   */
  public Optional<S> find(Request request) {
    return slot(request).find().map(Found::value);
  }

  /**
   * Begins a session, at a login in particular. One that the client had ends.
   *
   * @throws IllegalStateException when the request did not pass the {@link #filter}; when the value
   *     does not fit into a cookie
   */
  public Response begin(Request request, Response response, S value) {
    slot(request).cookie().ifPresent(keeper::end);
    return set(response, keeper.begin(Session.begin(options.now(), Json.encode(value))));
  }

  /**
   * Replaces the value of the request's session, or begins one if there is none. The session keeps
   * its absolute limit. One that another request has ended meanwhile stays ended.
   *
   * @throws IllegalStateException as {@link #begin}
   */
  public Response update(Request request, Response response, S value) {
    Optional<Found<S>> found = slot(request).find();
    if (found.isEmpty()) {
      return begin(request, response, value);
    }
    Session changed = found.get().session().withJson(options.now(), Json.encode(value));
    return keeper
        .replace(found.get().cookie(), changed)
        .map(it -> set(response, it))
        .orElse(response);
  }

  /**
   * Ends the request's session, if it has one, and removes its cookie.
   *
   * @throws IllegalStateException when the request did not pass the {@link #filter}
   */
  public Response end(Request request, Response response) {
    slot(request).cookie().ifPresent(keeper::end);
    return SetCookies.replace(response, options.cookie().withValue("").maxAge(Duration.ZERO));
  }

  private SessionSlot<S> slot(Request request) {
    return request
        .attribute(key)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "sessions: expected their filter() around the handler of "
                        + request.method()
                        + " "
                        + request.path()
                        + ", got a request that has not passed it"));
  }
}
