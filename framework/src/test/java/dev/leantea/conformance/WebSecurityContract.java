package dev.leantea.conformance;

import static dev.leantea.http.Handler.nonBlocking;
import static org.assertj.core.api.Assertions.assertThat;

import dev.leantea.conformance.Http2Client.Stream;
import dev.leantea.conformance.WireClient.Reply;
import dev.leantea.http.Cookie;
import dev.leantea.http.Handler;
import dev.leantea.http.Request;
import dev.leantea.http.Response;
import dev.leantea.net.Network;
import dev.leantea.routing.Router;
import dev.leantea.security.Authentication;
import dev.leantea.security.Cors;
import dev.leantea.security.CsrfProtection;
import dev.leantea.security.Forwarded;
import dev.leantea.security.SecurityHeaders;
import dev.leantea.session.SessionKeys;
import dev.leantea.session.SessionStore;
import dev.leantea.session.Sessions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Cookies, sessions and the filters against attacks, as a client sees them. */
public abstract class WebSecurityContract extends ServerContract {
  private static final String APP = "https://app.example";

  private record Login(String user) {}

  private final Sessions<Login> inCookie = Sessions.inCookie(Login.class, SessionKeys.random());

  private final Sessions<Login> inStore =
      Sessions.inStore(Login.class, SessionStore.inMemory(100))
          .withCookie(Cookie.of("sid", "").path("/").httpOnly());

  @Override
  protected Handler application() {
    Router.Builder routes = Router.builder().filter(SecurityHeaders.defaults());
    routes.get("/two", nonBlocking(_ -> twoCookies()));
    routes.scope(CsrfProtection.sameOrigin(), it -> it.post("/order", _ -> Response.empty(204)));
    addSessions(routes, "/cookie", inCookie);
    addSessions(routes, "/store", inStore);
    routes.scope(
        Cors.of(APP).withCredentials(),
        api ->
            api.get("/api", nonBlocking(_ -> Response.text(200, "tea")))
                .get("/api/fault", _ -> fault())
                .post("/api", nonBlocking(WebSecurityContract::count))
                .post("/api/blocking", WebSecurityContract::count)
                .post("/api/unread", nonBlocking(_ -> Response.text(200, "unread"))));
    routes.scope(
        Authentication.basic("ops", "ada", "secret"),
        ops -> ops.get("/ops", nonBlocking(_ -> Response.text(200, "ops"))));
    addForwarded(routes, "/trusted", Network.of("127.0.0.0/8"));
    addForwarded(routes, "/untrusted", Network.of("10.0.0.0/8"));
    return routes.build();
  }

  private static Response count(Request request) throws IOException {
    return Response.text(200, "got " + request.bytes().length);
  }

  private static Response twoCookies() {
    return Response.empty(204)
        .cookie(Cookie.of("a", "1").path("/"))
        .cookie(Cookie.of("b", "2").path("/").httpOnly());
  }

  private static void addSessions(Router.Builder routes, String path, Sessions<Login> sessions) {
    routes.scope(
        sessions.filter(),
        it ->
            it.get(
                    path,
                    request ->
                        Response.text(200, sessions.find(request).map(Login::user).orElse("none")))
                .post(
                    path + "/login",
                    request -> sessions.begin(request, Response.empty(204), new Login("ada")))
                .post(path + "/logout", request -> sessions.end(request, Response.empty(204))));
  }

  private static void addForwarded(Router.Builder routes, String path, Network proxies) {
    routes.scope(
        Forwarded.xForwarded(proxies).withHost(),
        it -> it.get(path, nonBlocking(request -> Response.text(200, origin(request)))));
  }

  private static String origin(Request request) {
    String address =
        request.remoteAddress() instanceof InetSocketAddress it
            ? it.getAddress().getHostAddress()
            : "none";
    return address + " " + request.authority();
  }

  private static Response fault() {
    throw new IllegalStateException("on purpose");
  }

  private Reply ask(String method, String path, String... fields) throws IOException {
    try (WireClient client = connect()) {
      var head = new StringBuilder(method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n");
      for (String field : fields) {
        head.append(field).append("\r\n");
      }
      return client.send(head.append("\r\n").toString()).read();
    }
  }

  private static String pair(Reply reply) {
    return reply.field("Set-Cookie").split(";", 2)[0];
  }

  // ---- cookies

  @Test
  void cookies_areLinesOfTheirOwn() throws IOException {
    assertThat(ask("GET", "/two").all("Set-Cookie"))
        .containsExactly("a=1; Path=/", "b=2; Path=/; HttpOnly");
    try (Http2Client client = Http2Client.open(port())) {
      client.get(1, "/two");
      assertThat(client.await(1).all("set-cookie"))
          .containsExactly("a=1; Path=/", "b=2; Path=/; HttpOnly");
    }
  }

  // ---- sessions

  @ParameterizedTest
  @ValueSource(strings = {"/cookie", "/store"})
  void session_fromLoginToLogout(String path) throws IOException {
    assertThat(ask("GET", path).text()).isEqualTo("none");
    String cookie = "Cookie: other=1; " + pair(ask("POST", path + "/login"));
    assertThat(ask("GET", path, cookie).text()).isEqualTo("ada");
    assertThat(ask("GET", path, cookie.substring(0, cookie.length() - 2)).text()).isEqualTo("none");
    assertThat(ask("POST", path + "/logout", cookie).field("Set-Cookie")).contains("Max-Age=0");
  }

  @Test
  void session_inCookieCrumbs_isRead() throws IOException {
    String cookie = pair(ask("POST", "/cookie/login"));
    try (Http2Client client = Http2Client.open(port())) {
      client.get(1, "/cookie", "cookie", "a=1", "cookie", cookie, "cookie", "b=2");
      Stream reply = client.await(1);
      assertThat(reply.text()).isEqualTo("ada");
      assertThat(reply.all("cache-control")).containsExactly("private");
    }
  }

  @Test
  void session_inAStore_isOverAfterTheLogout_andAPlantedOneIsNotAdopted() throws IOException {
    String cookie = "Cookie: " + pair(ask("POST", "/store/login"));
    String second = "Cookie: " + pair(ask("POST", "/store/login", cookie));
    assertThat(second).isNotEqualTo(cookie);
    assertThat(ask("GET", "/store", cookie).text()).isEqualTo("none");
    assertThat(ask("GET", "/store", second).text()).isEqualTo("ada");
    assertThat(ask("POST", "/store/logout", second).status()).isEqualTo(204);
    assertThat(ask("GET", "/store", second).text()).isEqualTo("none");
  }

  // ---- requests from other pages

  @ParameterizedTest
  @CsvSource({
    "Sec-Fetch-Site: same-origin, 204",
    "Sec-Fetch-Site: cross-site, 403",
    "Origin: http://localhost, 204",
    "Origin: https://evil.example, 403",
    "Origin: null, 403",
    "X: y, 204"
  })
  void post_fromAnotherPage_isRefused(String field, int status) throws IOException {
    assertThat(ask("POST", "/order", field, "Content-Length: 0").status()).isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource({"GET, /api, 200", "GET, /api/fault, 500", "DELETE, /api, 405"})
  void response_isReadableForAnAllowedPageAlone(String method, String path, int status)
      throws IOException {
    Reply allowed = ask(method, path, "Origin: " + APP);
    assertThat(allowed.status()).isEqualTo(status);
    assertThat(allowed.field("Access-Control-Allow-Origin")).isEqualTo(APP);
    assertThat(allowed.field("Access-Control-Allow-Credentials")).isEqualTo("true");
    Reply other = ask(method, path, "Origin: https://evil.example", "Cookie: a=1");
    assertThat(other.status()).isEqualTo(status);
    assertThat(other.all("Access-Control-Allow-Origin")).isEmpty();
    assertThat(other.all("Vary")).contains("Origin");
  }

  @Test
  void preflight_isAnswered_forAnAllowedPageAlone() throws IOException {
    Reply allowed =
        ask("OPTIONS", "/api", "Origin: " + APP, "Access-Control-Request-Method: DELETE");
    assertThat(allowed.status()).isEqualTo(204);
    assertThat(allowed.field("Access-Control-Allow-Methods")).contains("DELETE");
    Reply other =
        ask(
            "OPTIONS",
            "/api",
            "Origin: https://evil.example",
            "Access-Control-Request-Method: PUT");
    assertThat(other.status()).isEqualTo(403);
    assertThat(other.all("Access-Control-Allow-Origin")).isEmpty();
  }

  // ---- fields, credentials, proxies

  @ParameterizedTest
  @CsvSource({"/two, 204", "/api/fault, 500", "/none, 404", "/ops, 401"})
  void everyResponse_hasTheSecurityFields(String path, int status) throws IOException {
    Reply reply = ask("GET", path);
    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.field("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(reply.field("X-Frame-Options")).isEqualTo("DENY");
    assertThat(reply.first("Strict-Transport-Security").isPresent())
        .isEqualTo(TestTls.isServed(port()));
  }

  @Test
  void basic_isAskedFor() throws IOException {
    assertThat(ask("GET", "/ops").field("WWW-Authenticate"))
        .isEqualTo("Basic realm=\"ops\", charset=\"UTF-8\"");
    assertThat(ask("GET", "/ops", "Authorization: Basic YWRhOnNlY3JldA==").text()).isEqualTo("ops");
    assertThat(ask("GET", "/ops", "Authorization: Basic YWRhOndyb25n").status()).isEqualTo(401);
  }

  @Test
  void forwarded_isBelievedFromTrustedPeersAlone() throws IOException {
    String[] fields = {"X-Forwarded-For: 1.1.1.1, 203.0.113.9", "X-Forwarded-Host: tea.example"};
    assertThat(ask("GET", "/trusted", fields).text()).isEqualTo("203.0.113.9 tea.example");
    assertThat(ask("GET", "/untrusted", fields).text()).isEqualTo("127.0.0.1 localhost");
    List<String> malformed = List.of("X-Forwarded-For: <script>", "X-Forwarded-Host: a b");
    assertThat(ask("GET", "/trusted", malformed.toArray(String[]::new)).text())
        .isEqualTo("127.0.0.1 localhost");
  }

  /** The page of the other origin can read why. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 8388609\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n800000\r\n",
      })
  void nonBlocking_bodyTooLarge_is413ThatFiltersSee(String rest) throws IOException {
    try (WireClient client = connect()) {
      client.send("POST /api HTTP/1.1\r\nHost: a\r\nOrigin: " + APP + "\r\n" + rest);
      if (rest.startsWith("Transfer-Encoding")) {
        client.send(new byte[8 * 1024 * 1024]);
      }
      Reply reply = client.read();
      assertThat(reply.status()).isEqualTo(413);
      assertThat(reply.text()).contains("8388608");
      assertThat(reply.field("Access-Control-Allow-Origin")).isEqualTo(APP);
      assertThat(reply.field("X-Frame-Options")).isEqualTo("DENY");
      assertThat(reply.field("Connection")).isEqualTo("close");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/api, true",
    "/api, false",
    "/api/blocking, true",
    "/api/blocking, false",
    "/api/unread, true",
    "/api/unread, false"
  })
  void malformedBody_is400ThatFiltersSee(String path, boolean isChunked) throws IOException {
    String rest =
        isChunked
            ? "Transfer-Encoding: chunked\r\n\r\n5\r\nhello!\r\n"
            : "Content-Length: 10\r\n\r\nhalf";
    try (WireClient client = connect()) {
      client.send("POST " + path + " HTTP/1.1\r\nHost: a\r\nOrigin: " + APP + "\r\n" + rest);
      if (!isChunked) {
        client.shutdownOutput();
      }
      Reply reply = client.read();
      assertThat(reply.status()).isEqualTo(400);
      assertThat(reply.text()).contains(isChunked ? "chunk" : "body");
      assertThat(reply.all("Access-Control-Allow-Origin")).containsExactly(APP);
      assertThat(reply.all("X-Frame-Options")).containsExactly("DENY");
      assertThat(reply.all("Connection")).containsExactly("close");
      client.expectEnd();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api", "/api/blocking", "/api/unread"})
  void http2_bodyCutOff_is400ThatFiltersSee(String path) throws IOException {
    try (Http2Client client = Http2Client.open(port())) {
      client.get(1, "/two");
      assertThat(client.await(1).status()).isEqualTo(204); // what is to be acknowledged has been
      client.request(3, "POST", path, false, "origin", APP, "content-length", "10");
      client.frame(Http2Client.DATA, 0, 3, new byte[4]);
      client.endOutput();
      Stream reply = client.await(3);
      assertThat(reply.status()).isEqualTo(400);
      assertThat(reply.all("access-control-allow-origin")).containsExactly(APP);
      assertThat(reply.all("x-frame-options")).containsExactly("DENY");
      assertThat(reply.all("connection")).isEmpty();
    }
  }
}
