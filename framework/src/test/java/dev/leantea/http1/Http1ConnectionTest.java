package dev.leantea.http1;

import static dev.leantea.http.Handler.nonBlocking;
import static org.assertj.core.api.Assertions.assertThat;

import dev.leantea.conformance.WireClient.Reply;
import dev.leantea.http.Handler;
import dev.leantea.http.Limits;
import dev.leantea.http.MediaType;
import dev.leantea.http.Request;
import dev.leantea.http.Response;
import dev.leantea.http1.MemoryTransport.Style;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class Http1ConnectionTest {
  private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
  private static final Handler OK = nonBlocking(_ -> Response.text(200, "ok"));
  private static final Handler ECHO =
      request -> Response.bytes(200, request.mediaType(), request.bytes());
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private static String post(int length, String body) {
    return "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: " + length + "\r\n\r\n" + body;
  }

  private static MemoryPeer peer(Style style, Handler handler) {
    return new MemoryPeer(style, handler, Limits.DEFAULTS);
  }

  // ---- bodies

  @ParameterizedTest
  @EnumSource
  void nonBlocking_bodyBeyondTheLimitAllAtOnce_413AtOnce(Style style) {
    Limits limits = Limits.DEFAULTS.withBodyInMemory(10);
    String chunked =
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
            + "14\r\n01234567890123456789\r\n0\r\n\r\n";
    for (String request : List.of(post(20, "01234567890123456789"), chunked)) {
      MemoryPeer peer = new MemoryPeer(style, nonBlocking(ECHO), limits).send(request + GET);
      assertThat(peer.statuses()).containsExactly(413, 200);
    }
  }

  @ParameterizedTest
  @EnumSource
  void blocking_bodyBeyondTheLimit_413(Style style) {
    Limits limits = Limits.DEFAULTS.withBodyInMemory(10);
    MemoryPeer peer = new MemoryPeer(style, ECHO, limits).send(post(11, "01234567890") + GET);
    assertThat(peer.statuses()).startsWith(413);
  }

  @ParameterizedTest
  @EnumSource
  void handler_calledBeforeItsBodyHasCome(Style style) {
    var called = new ArrayList<String>();
    MemoryPeer peer =
        peer(
            style,
            request -> {
              called.add("called");
              return ECHO.handle(request);
            });
    peer.send(post(5, ""));
    assertThat(called).containsExactly("called");
    assertThat(peer.replies()).isEmpty();
    peer.send("hel").send("lo" + post(2, "ab"));
    assertThat(peer.replies()).extracting(Reply::text).containsExactly("hello", "ab");
  }

  @ParameterizedTest
  @EnumSource
  void nonBlocking_calledWhenItsBodyIsWhole(Style style) {
    var called = new ArrayList<String>();
    MemoryPeer peer =
        peer(
            style,
            nonBlocking(
                request -> {
                  called.add("called");
                  return ECHO.handle(request);
                }));
    peer.send(post(5, "hell"));
    assertThat(called).isEmpty();
    assertThat(peer.send("o").reply().text()).isEqualTo("hello");
  }

  @ParameterizedTest
  @EnumSource
  void bodyNotReadByASlowReader_clientIsHeldBack(Style style) {
    var go = new CountDownLatch(1);
    MemoryPeer peer =
        peer(
            style,
            request -> {
              if (style != Style.THREAD) {
                go.await();
              }
              return Response.text(200, "" + request.stream().readAllBytes().length);
            });
    peer.send(post(1_000_000, ""));
    byte[] piece = new byte[10_000];
    for (int i = 0; i < 20; i++) {
      peer.send(piece);
    }
    // a thread of its own reads as it goes; a loop holds 64 KiB in the body and 64 KiB before it
    assertThat(peer.transport.isReceiving()).isEqualTo(style == Style.THREAD);
    peer.transport.event(go::countDown);
    assertThat(peer.transport.isReceiving()).isTrue();
    for (int i = 0; i < 80; i++) {
      peer.send(piece);
    }
    assertThat(peer.reply().text()).isEqualTo("1000000");
  }

  @ParameterizedTest
  @EnumSource
  void streamAnsweredWithTheBodyUnread_closes(Style style) {
    MemoryPeer peer = peer(style, _ -> Response.stream(200, MediaType.TEXT, out -> out.write('a')));
    Reply reply = peer.send(post(5, "hello") + GET).reply();
    assertThat(reply.field("Connection")).isEqualTo("close");
    assertThat(peer.transport.ended()).isTrue();
  }

  // ---- time

  @Test
  void tick_headNotComing_408() {
    MemoryPeer peer = peer(Style.CARRIED, OK).send("GET / HT");
    peer.transport.pass(9 * SECOND);
    assertThat(peer.replies()).isEmpty();
    peer.send("TP/1.1\r\n"); // some bytes are not a head
    peer.transport.pass(SECOND);
    assertThat(peer.statuses()).containsExactly(408);
    assertThat(peer.transport.ended()).isTrue();
  }

  @Test
  void tick_idle_closesWithoutAWord() {
    MemoryPeer peer = peer(Style.CARRIED, OK).send(GET);
    peer.transport.pass(74 * SECOND);
    assertThat(peer.transport.ended()).isFalse();
    peer.send(GET); // counts from here again
    peer.transport.pass(74 * SECOND);
    assertThat(peer.transport.ended()).isFalse();
    peer.transport.pass(SECOND);
    assertThat(peer.statuses()).containsExactly(200, 200);
    assertThat(peer.transport.ended()).isTrue();
  }

  @ParameterizedTest
  @EnumSource(names = {"CARRIED", "QUEUED"})
  void tick_bodyStalled_408(Style style) {
    for (Handler handler : List.of(ECHO, nonBlocking(ECHO))) {
      MemoryPeer peer = peer(style, handler).send(post(5, "h"));
      peer.transport.pass(29 * SECOND);
      peer.send("e");
      peer.transport.pass(29 * SECOND);
      assertThat(peer.replies()).isEmpty();
      peer.transport.pass(SECOND);
      assertThat(peer.statuses()).containsExactly(408);
    }
  }

  @Test
  void tick_unreadBodyStalled_answersAndCloses() {
    MemoryPeer peer = peer(Style.CARRIED, _ -> Response.text(200, "ok")).send(post(5, "h"));
    assertThat(peer.replies()).isEmpty();
    peer.transport.pass(30 * SECOND);
    assertThat(peer.reply().field("Connection")).isEqualTo("close");
  }

  @Test
  void tick_bodyThatNobodyAsksFor_isNotOverdue() {
    var go = new CountDownLatch(1);
    MemoryPeer peer =
        peer(
            Style.CARRIED,
            request -> {
              go.await();
              return ECHO.handle(request);
            });
    peer.send("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n");
    peer.transport.pass(1000 * SECOND);
    assertThat(peer.replies()).isEmpty();
    peer.transport.event(go::countDown);
    peer.send("hello");
    assertThat(peer.statuses()).containsExactly(100, 200);
  }

  @ParameterizedTest
  @EnumSource
  void expectContinue_malformedBodyThatIsHereAlready_isNotReadForAHandlerThatDoesNot(Style style) {
    Handler deaf = _ -> Response.text(200, "ok");
    String head =
        "POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nTransfer-Encoding: chunked\r\n\r\n";
    assertThat(peer(style, deaf).send(head + "malformed\r\n").statuses()).containsExactly(200);
    assertThat(peer(style, deaf).send(head).send("malformed\r\n").statuses()).containsExactly(200);
    assertThat(peer(style, ECHO).send(head + "malformed\r\n").statuses()).containsExactly(100, 400);
  }

  @Test
  void tick_clientReadsNothing_closes() {
    MemoryPeer peer = peer(Style.CARRIED, OK);
    peer.transport.reading(false);
    peer.send(GET);
    peer.transport.pass(29 * SECOND);
    assertThat(peer.transport.isClosed()).isFalse();
    peer.transport.pass(SECOND);
    assertThat(peer.transport.isClosed()).isTrue();
  }

  @Test
  void tick_lingering_closesWhenTheClientIsSilent() {
    MemoryPeer peer = peer(Style.CARRIED, OK).send("BAD\r\n\r\n");
    assertThat(peer.transport.ended()).isTrue();
    peer.transport.pass(SECOND);
    peer.send("more of it");
    peer.transport.pass(SECOND);
    assertThat(peer.transport.isClosed()).isFalse();
    peer.transport.pass(SECOND);
    assertThat(peer.transport.isClosed()).isTrue();
    assertThat(peer.transport.isClosed()).isTrue();
  }

  @Test
  void tick_lingering_notForEver() {
    MemoryPeer peer = peer(Style.CARRIED, OK).send("BAD\r\n\r\n");
    for (int i = 0; i < 30; i++) {
      peer.transport.pass(SECOND);
      peer.send("more of it");
    }
    assertThat(peer.transport.isClosed()).isTrue();
  }

  // ---- load and the end

  @Test
  void pipelining_clientReadsNothing_requestsWait() {
    Handler large = nonBlocking(_ -> Response.bytes(200, MediaType.TEXT, new byte[100_000]));
    MemoryPeer peer = peer(Style.CARRIED, large);
    peer.transport.reading(false);
    peer.send(GET.repeat(10));
    assertThat(peer.transport.unsent()).isBetween(256_000L, 400_000L);
    peer.transport.reading(true);
    assertThat(peer.statuses()).hasSize(10).containsOnly(200);
  }

  @Test
  void tick_clientReadLateALargeAnswer_idleTimeRuns() {
    Handler large = nonBlocking(_ -> Response.bytes(200, MediaType.TEXT, new byte[400_000]));
    MemoryPeer peer = peer(Style.CARRIED, large);
    peer.transport.reading(false);
    peer.send(GET);
    peer.transport.reading(true);
    assertThat(peer.statuses()).containsExactly(200);
    peer.transport.pass(Limits.DEFAULTS.idleTimeout().toNanos());
    assertThat(peer.transport.ended()).isTrue();
  }

  @Test
  void refuseConnection_503AndClose() {
    MemoryPeer peer = MemoryPeer.refused(Style.CARRIED).send(GET);
    assertThat(peer.reply().status()).isEqualTo(503);
    assertThat(peer.transport.ended()).isTrue();
  }

  @ParameterizedTest
  @EnumSource(names = {"CARRIED", "QUEUED"})
  void peerGone_whileAHandlerReads_itsReadThrows(Style style) {
    var thrown = new ArrayList<Throwable>();
    MemoryPeer peer =
        peer(
            style,
            request -> {
              try {
                return ECHO.handle(request);
              } catch (IOException e) {
                thrown.add(e);
                throw e;
              }
            });
    peer.send(post(5, "h"));
    peer.transport.event(peer.transport::abort);
    assertThat(thrown).hasSize(1);
    assertThat(peer.transport.isClosed()).isTrue();
    assertThat(peer.replies()).isEmpty();
  }

  @Test
  void endOfInput_idle_closes() {
    MemoryPeer peer = peer(Style.CARRIED, OK).endInput();
    assertThat(peer.transport.isClosed()).isTrue();
    assertThat(peer.replies()).isEmpty();
  }

  @Test
  void receive_afterTheEnd_ignored() {
    MemoryPeer peer = peer(Style.CARRIED, OK).endInput().send(GET).endInput();
    peer.transport.pass(1000 * SECOND);
    assertThat(peer.replies()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void resolve_throws_500AndTheConnectionGoesOn(Style style) {
    Handler unresolvable =
        new Handler() {
          @Override
          public Response handle(Request request) {
            return Response.empty(200);
          }

          @Override
          public Handler resolve(Request request) {
            throw new IllegalStateException("no handler, on purpose");
          }
        };
    MemoryPeer peer = peer(style, unresolvable).send(GET + post(5, "hello") + GET);
    assertThat(peer.statuses()).containsExactly(500, 500, 500);
  }

  @Test
  void earlierAnswers_areSentWhileAHandlerWaits() {
    var go = new CountDownLatch(1);
    MemoryPeer peer =
        peer(
            Style.CARRIED,
            request -> {
              if (request.path().equals("/wait")) {
                go.await();
              }
              return Response.text(200, request.path());
            });
    peer.send(GET + "GET /wait HTTP/1.1\r\nHost: a\r\n\r\n" + GET);
    assertThat(peer.replies()).extracting(Reply::text).containsExactly("/");
    peer.transport.event(go::countDown);
    assertThat(peer.replies()).extracting(Reply::text).containsExactly("/", "/wait", "/");
  }

  @Test
  void limits_short_headTimeoutIsThatOfTheLimits() {
    Limits limits = Limits.DEFAULTS.withHeadTimeout(Duration.ofSeconds(1));
    MemoryPeer peer = new MemoryPeer(Style.CARRIED, OK, limits).send("G");
    peer.transport.pass(SECOND);
    assertThat(peer.statuses()).containsExactly(408);
  }
}
