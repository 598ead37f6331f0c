package com.example.expenses;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.example.expenses.Expense.Category;
import com.example.expenses.Expense.Draft;
import dev.leantea.http.Method;
import dev.leantea.http.Request;
import dev.leantea.json.Json;
import dev.leantea.testing.TestClient;
import dev.leantea.testing.TestEvents;
import dev.leantea.testing.TestResponse;
import dev.leantea.testing.TestWebSocket;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Base64;
import java.util.List;
import java.util.function.Supplier;

/**
 * What users do, from the first visit to the last, on a database without expenses. The same in
 * memory, over sockets, over TLS and behind a proxy.
 */
final class Script {
  static final String METRICS_PASSWORD = "a long password";
  static final String CORS_ORIGIN = "https://app.example.com";

  private static final String FOREIGN = "https://evil.example";
  private static final String PASSWORD = "correct horse";
  private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10};

  private final TestClient ada;
  private final TestClient bob;
  private final TestClient stranger;
  private final String origin;
  private final String team;

  /**
   * @param origin as a browser names it: {@code https://localhost:8443}
   * @param team whose members' addresses are new
   */
  Script(Supplier<TestClient> clients, String origin, String team) {
    this.ada = clients.get();
    this.bob = clients.get();
    this.stranger = clients.get();
    this.origin = origin;
    this.team = team;
  }

  void run() {
    visit();
    signUp();
    logIn();
    long id = spend();
    receipt(id);
    export();
    exportFormulas();
    chat();
    api();
    metrics();
    delete(id);
    logOut();
  }

  static Request form(String target, String body) {
    return Request.of(Method.POST, target)
        .withHeader("Content-Type", "application/x-www-form-urlencoded")
        .withBody(body);
  }

  private void visit() {
    TestResponse health =
        stranger.send(Request.of(Method.GET, "/health").withHeader("X-Request-Id", "visit-1"));
    assertEquals("ok", health.expect(200).text());
    assertEquals("visit-1", health.header("X-Request-Id").orElseThrow());
    assertEquals("nosniff", health.header("X-Content-Type-Options").orElseThrow());
    assertEquals(
        origin.startsWith("https:"), health.header("Strict-Transport-Security").isPresent());
    assertEquals("/login", stranger.get("/").expect(303).header("Location").orElseThrow());
    stranger.get("/board").expectProblem(401);
    TestResponse login = stranger.get("/login").expect(200);
    assertTrue(login.text().contains("<form"), login.text());
    assertTrue(login.header("Content-Security-Policy").orElseThrow().contains("default-src"));
    stranger.get("/static/style.css").expect(200);
    stranger.get("/nowhere").expectProblem(404);
  }

  private void signUp() {
    stranger
        .send(form("/signup", "name=Eve&email=eve&password=short"))
        .expectProblem(400)
        .expectError("email")
        .expectError("password", "expected 8 characters or more");
    String account = "&password=" + PASSWORD.replace(' ', '+');
    ada.send(form("/signup", "name=Ada&email=ada@" + team + account)).expect(303);
    bob.send(form("/signup", "name=Bob&email=bob@" + team + account)).expect(303);
    stranger
        .send(form("/signup", "name=Eve&email=Ada@" + team + account))
        .expectProblem(409)
        .expectError("email");
  }

  private void logIn() {
    stranger.send(form("/login", "email=ada@" + team + "&password=wrong")).expectProblem(403);
    stranger.send(form("/login", "email=nobody@" + team + "&password=wrong")).expectProblem(403);
    ada.clearCookies();
    ada.get("/board").expectProblem(401);
    ada.send(form("/login", "email=ada@" + team + "&password=correct+horse")).expect(303);
    assertTrue(ada.get("/").expect(200).text().contains("Ada"));
    ada.send(form("/logout", "").withHeader("Origin", FOREIGN)).expectProblem(403);
    ada.send(form("/logout", "").withHeader("Sec-Fetch-Site", "cross-site")).expectProblem(403);
    ada.get("/board").expect(200);
    var forged = Request.of(Method.GET, "/board").withHeader("Cookie", "__Host-session=AAAA");
    stranger.send(forged).expectProblem(401);
  }

  private long spend() {
    ada.post("/expenses", new Draft(null, " ", Category.FOOD, new BigDecimal("-1")))
        .expectProblem(400)
        .expectError("/day")
        .expectError("/merchant", "expected 1 to 80 characters")
        .expectError("/amount");
    try (TestEvents changes = bob.events("/changes")) {
      var tea = new Draft(LocalDate.now(), "Tea & \"Co\"", Category.FOOD, new BigDecimal("12.50"));
      var created =
          ada.send(
              Request.of(Method.POST, "/expenses")
                  .withHeader("Origin", origin)
                  .withHeader("Content-Type", "application/json")
                  .withBody(Json.encode(tea)));
      assertEquals("added", changes.next().data());
      String board = bob.get("/board").expect(200).text();
      assertTrue(board.contains("Tea &amp; &quot;Co&quot;"), board);
      assertTrue(board.contains("12.50 €"), board);
      return created.expect(201).json(Expenses.Created.class).id();
    }
  }

  private static Request upload(long id, String type, byte[] content) {
    var body = new ByteArrayOutputStream();
    String head =
        """
        --limit\r
        Content-Disposition: form-data; name="receipt"; filename="receipt"\r
        Content-Type: %s\r
        \r
        """;
    body.writeBytes(head.formatted(type).getBytes(StandardCharsets.UTF_8));
    body.writeBytes(content);
    body.writeBytes("\r\n--limit--\r\n".getBytes(StandardCharsets.UTF_8));
    return Request.of(Method.POST, "/expenses/" + id + "/receipt")
        .withHeader("Content-Type", "multipart/form-data; boundary=limit")
        .withBody(body.toByteArray());
  }

  private void receipt(long id) {
    String target = "/expenses/" + id + "/receipt";
    ada.get(target).expectProblem(404);
    ada.send(upload(id, "text/html", PNG)).expectProblem(415).expectError("receipt");
    bob.send(upload(id, "image/png", PNG)).expectProblem(404);
    ada.send(upload(id, "image/png", PNG)).expect(204);
    TestResponse receipt = bob.get(target).expect(200);
    assertEquals("image/png", receipt.header("Content-Type").orElseThrow());
    assertArrayEquals(PNG, receipt.bytes());
  }

  private void export() {
    TestResponse csv = bob.get("/expenses.csv?category=FOOD").expect(200);
    String today = LocalDate.now().toString();
    assertEquals(
        "day,by,merchant,category,amount\r\n" + today + ",Ada,\"Tea & \"\"Co\"\"\",FOOD,12.50\r\n",
        csv.text());
    assertEquals(
        "attachment; filename=expenses.csv", csv.header("Content-Disposition").orElseThrow());
    bob.get("/expenses.csv?category=CARS&from=today")
        .expectProblem(400)
        .expectError("category")
        .expectError("from");
  }

  /** What a member enters must not run in another one's spreadsheet. */
  private void exportFormulas() {
    for (String merchant : List.of("=1+1", "+1", "-1", "@A1", "\t=1", "\r=1")) {
      var draft = new Draft(LocalDate.now(), merchant, Category.OTHER, BigDecimal.ONE);
      long id = ada.post("/expenses", draft).expect(201).json(Expenses.Created.class).id();
      String csv = bob.get("/expenses.csv?category=OTHER").expect(200).text();
      assertTrue(csv.contains("'" + merchant), csv);
      assertFalse(csv.contains("," + merchant) || csv.contains("\"" + merchant), csv);
      ada.delete("/expenses/" + id).expect(204);
    }
  }

  private void chat() {
    var chat = Request.of(Method.GET, "/chat");
    assertThrows(AssertionError.class, () -> stranger.webSocket(chat));
    assertThrows(AssertionError.class, () -> ada.webSocket(chat.withHeader("Origin", FOREIGN)));
    try (TestWebSocket first = ada.webSocket(chat.withHeader("Origin", origin));
        TestWebSocket second = bob.webSocket(chat)) {
      second.send("Who pays?"); // by the time that it comes back he has joined
      assertEquals("{\"by\":\"Bob\",\"text\":\"Who pays?\"}", second.receiveText());
      first.send("I do");
      assertEquals("{\"by\":\"Ada\",\"text\":\"I do\"}", second.receiveText());
    }
  }

  private void api() {
    String token = bob.send(form("/token", "")).expect(201).text();
    Request list =
        Request.of(Method.GET, "/api/expenses?category=FOOD").withHeader("Origin", CORS_ORIGIN);
    TestResponse refused = stranger.send(list);
    refused.expectProblem(401);
    assertEquals(CORS_ORIGIN, refused.header("Access-Control-Allow-Origin").orElseThrow());
    assertTrue(refused.header("WWW-Authenticate").orElseThrow().startsWith("Bearer"));
    Request withToken = list.withHeader("Authorization", "Bearer " + token);
    TestResponse allowed = stranger.send(withToken).expect(200);
    assertEquals(CORS_ORIGIN, allowed.header("Access-Control-Allow-Origin").orElseThrow());
    assertEquals(1, allowed.json(Expense[].class).length);
    TestResponse foreign = stranger.send(withToken.withHeader("Origin", FOREIGN));
    assertTrue(foreign.header("Access-Control-Allow-Origin").isEmpty());
    stranger
        .send(
            Request.of(Method.OPTIONS, "/api/expenses")
                .withHeader("Origin", CORS_ORIGIN)
                .withHeader("Access-Control-Request-Method", "POST")
                .withHeader("Access-Control-Request-Headers", "authorization,content-type"))
        .expect(204);
    bob.get("/api/expenses").expectProblem(401); // a session is no token
  }

  private void metrics() {
    stranger.get("/metrics").expectProblem(401);
    String credentials = "prometheus:" + METRICS_PASSWORD;
    String basic = Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
    stranger
        .send(Request.of(Method.GET, "/metrics").withHeader("Authorization", "Basic " + basic))
        .expect(200);
  }

  private void delete(long id) {
    bob.delete("/expenses/" + id).expectProblem(404);
    ada.delete("/expenses/" + id).expect(204);
    assertTrue(bob.get("/board").expect(200).text().contains("Add the first one."));
  }

  private void logOut() {
    assertEquals(
        "/login", ada.send(form("/logout", "")).expect(303).header("Location").orElseThrow());
    ada.get("/board").expectProblem(401);
    bob.get("/board").expect(200);
  }
}
