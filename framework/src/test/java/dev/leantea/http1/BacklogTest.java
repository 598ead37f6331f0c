package dev.leantea.http1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class BacklogTest {
  private final Backlog backlog = new Backlog();

  private CompletableFuture<String> awaiting() {
    var done = new CompletableFuture<String>();
    Thread waiter =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    backlog.await();
                    done.complete("went on");
                  } catch (IOException e) {
                    done.complete(e.getMessage());
                  }
                });
    while (!done.isDone() && waiter.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    return done;
  }

  @Test
  void await_belowTheMark_goesOn() throws IOException {
    backlog.add(Backlog.MOST_OCTETS);
    backlog.await();
    backlog.taken(Backlog.MOST_OCTETS, Backlog.MOST_OCTETS);
    backlog.await();
  }

  @Test
  void await_handedOverTooMuch_waitsUntilTaken() {
    backlog.add(Backlog.MOST_OCTETS + 1);
    CompletableFuture<String> waiting = awaiting();
    assertThat(waiting).isNotDone();
    backlog.taken(Backlog.MOST_OCTETS + 1, 0);
    assertThat(waiting.join()).isEqualTo("went on");
  }

  @Test
  void await_unsentTooMuch_waitsUntilSent() {
    backlog.add(10);
    backlog.taken(10, Backlog.MOST_OCTETS + 1);
    CompletableFuture<String> waiting = awaiting();
    assertThat(waiting).isNotDone();
    backlog.taken(0, Backlog.MOST_OCTETS);
    assertThat(waiting.join()).isEqualTo("went on");
  }

  @Test
  void fail_whileWaiting_throwsThere() {
    backlog.add(Backlog.MOST_OCTETS + 1);
    CompletableFuture<String> waiting = awaiting();
    backlog.fail(new PeerGoneException("gone"));
    backlog.fail(new PeerGoneException("gone again"));
    assertThat(waiting.join()).isEqualTo("gone");
  }

  @Test
  void await_interrupted_throwsAndStaysInterrupted() {
    backlog.add(Backlog.MOST_OCTETS + 1);
    Thread.currentThread().interrupt();
    assertThatThrownBy(backlog::await).isInstanceOf(InterruptedIOException.class);
    assertThat(Thread.interrupted()).isTrue();
  }
}
