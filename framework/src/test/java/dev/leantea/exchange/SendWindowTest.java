package dev.leantea.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class SendWindowTest {
  private final SendWindow window = new SendWindow();

  private CompletableFuture<String> awaiting() {
    var done = new CompletableFuture<String>();
    Thread waiter =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    window.await();
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
    window.add(SendWindow.MAX_BYTES);
    window.await();
    window.taken(SendWindow.MAX_BYTES, SendWindow.MAX_BYTES);
    window.await();
  }

  @Test
  void await_handedOverTooMuch_waitsUntilTaken() {
    window.add(SendWindow.MAX_BYTES + 1);
    CompletableFuture<String> waiting = awaiting();
    assertThat(waiting).isNotDone();
    window.taken(SendWindow.MAX_BYTES + 1, 0);
    assertThat(waiting.join()).isEqualTo("went on");
  }

  @Test
  void await_unsentTooMuch_waitsUntilSent() {
    window.add(10);
    window.taken(10, SendWindow.MAX_BYTES + 1);
    CompletableFuture<String> waiting = awaiting();
    assertThat(waiting).isNotDone();
    window.taken(0, SendWindow.MAX_BYTES);
    assertThat(waiting.join()).isEqualTo("went on");
  }

  @Test
  void fail_whileWaiting_throwsThere() {
    window.add(SendWindow.MAX_BYTES + 1);
    CompletableFuture<String> waiting = awaiting();
    window.fail(new Failure.PeerGone("gone"));
    window.fail(new Failure.PeerGone("gone again"));
    assertThat(waiting.join()).isEqualTo("gone");
  }

  @Test
  void await_interrupted_throwsAndStaysInterrupted() {
    window.add(SendWindow.MAX_BYTES + 1);
    Thread.currentThread().interrupt();
    assertThatThrownBy(window::await).isInstanceOf(InterruptedIOException.class);
    assertThat(Thread.interrupted()).isTrue();
  }
}
