package dev.leantea.http1;

import static dev.leantea.http.Handler.nonBlocking;
import static org.assertj.core.api.Assertions.assertThat;

import dev.leantea.conformance.WireClient.Reply;
import dev.leantea.http.Handler;
import dev.leantea.http.Limits;
import dev.leantea.http.Response;
import dev.leantea.http1.MemoryTransport.Style;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How a connection ends when its server drains, in a time that only tests let pass. */
class Http1DrainTest {
  private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
  private static final Handler OK = nonBlocking(_ -> Response.text(200, "ok"));

  private static MemoryPeer peer(Style style, Handler handler) {
    return new MemoryPeer(style, handler, Limits.DEFAULTS);
  }

  @Test
  void drain_idleForAMoment_isClosedWhenNothingHasComeForHalfASecond() {
    MemoryPeer peer = peer(Style.CARRIED, OK).send(GET);
    peer.transport.drain();
    peer.transport.pass(Deadlines.DRAIN_IDLE_NANOS - 1);
    assertThat(peer.transport.ended()).isFalse();
    peer.transport.pass(1);
    assertThat(peer.transport.isClosed()).isTrue();
  }

  @Test
  void drain_idleForLong_isReadOnceMoreAndClosed() {
    MemoryPeer peer = peer(Style.CARRIED, OK).send(GET);
    peer.transport.pass(Deadlines.DRAIN_IDLE_NANOS);
    peer.transport.drain();
    peer.transport.pass(Deadlines.DRAIN_LAST_READ_NANOS - 1);
    assertThat(peer.transport.ended()).isFalse();
    peer.transport.pass(1);
    assertThat(peer.transport.isClosed()).isTrue();
  }

  @Test
  void drain_unused_isClosed() {
    MemoryPeer peer = peer(Style.CARRIED, OK);
    peer.transport.drain();
    peer.transport.pass(Deadlines.DRAIN_IDLE_NANOS);
    assertThat(peer.transport.isClosed()).isTrue();
  }

  @Test
  void drain_clientReadsNothing_isNotClosedBeforeItHasItsAnswer() {
    MemoryPeer peer = peer(Style.CARRIED, OK);
    peer.transport.reading(false);
    peer.send(GET);
    peer.transport.drain();
    peer.transport.pass(Deadlines.DRAIN_IDLE_NANOS);
    assertThat(peer.transport.isClosed()).isFalse();
    peer.transport.reading(true);
    assertThat(peer.statuses()).containsExactly(200);
  }

  @Test
  void drain_answeredClientDoesNotClose_isNotWaitedForLong() {
    MemoryPeer peer = peer(Style.CARRIED, OK);
    peer.transport.drain();
    peer.send(GET);
    assertThat(peer.transport.isClosed()).isFalse();
    peer.transport.pass(Deadlines.DRAIN_IDLE_NANOS);
    assertThat(peer.transport.isClosed()).isTrue();
  }

  @Test
  void drain_connectionLingers_isNotWaitedForLong() {
    MemoryPeer peer = peer(Style.CARRIED, OK).send("GET / HTTP/1.0\r\n\r\n");
    assertThat(peer.transport.ended()).isTrue();
    peer.transport.drain();
    assertThat(peer.transport.isClosed()).isFalse();
    peer.transport.pass(Deadlines.DRAIN_IDLE_NANOS);
    assertThat(peer.transport.isClosed()).isTrue();
  }

  @Test
  void drain_headHasBegun_isWaitedFor() {
    MemoryPeer peer = peer(Style.CARRIED, OK).send("GET / HT");
    peer.transport.drain();
    peer.transport.pass(Duration.ofSeconds(5).toNanos());
    assertThat(peer.transport.ended()).isFalse();
    assertThat(peer.send("TP/1.1\r\nHost: a\r\n\r\n").reply().field("Connection"))
        .isEqualTo("close");
  }

  @Test
  void drain_requestOnItsWay_isAnsweredWithClose() {
    MemoryPeer peer = peer(Style.CARRIED, OK).send(GET);
    peer.transport.drain();
    List<Reply> replies = peer.send(GET).replies();
    assertThat(replies)
        .extracting(it -> it.field("Connection"))
        .containsExactly("keep-alive", "close");
    assertThat(peer.transport.ended()).isTrue();
  }

  @ParameterizedTest
  @EnumSource(names = {"CARRIED", "QUEUED"})
  void drain_busy_endsWithItsAnswer(Style style) {
    var go = new CountDownLatch(1);
    MemoryPeer peer =
        peer(
            style,
            _ -> {
              go.await();
              return Response.text(200, "ok");
            });
    peer.send(GET);
    peer.transport.drain();
    assertThat(peer.transport.ended()).isFalse();
    peer.transport.event(go::countDown);
    assertThat(peer.reply().field("Connection")).isEqualTo("close");
    assertThat(peer.transport.ended()).isTrue();
  }
}
