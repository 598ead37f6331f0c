package dev.leantea.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leantea.conformance.WireClient.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a JVM ends whose server has {@code closeOnShutdown}. */
@Timeout(120) // reached only when something hangs
public abstract class ExitContract {
  /** What a JVM returns that SIGTERM has ended. */
  private static final int TERMINATED = 128 + 15;

  /** What a user would type: {@code reactor:nio}. */
  protected abstract String backend();

  @Test
  void sigterm_requestInFlight_isAnsweredAndThenThePoolIsClosed() throws Exception {
    try (ChildProcess child = ChildProcess.start(backend());
        WireClient client = child.connect();
        WireClient unused = child.connect()) {
      client.get("/hold");
      assertThat(child.report()).isEqualTo("held");
      child.terminate();
      unused.expectEnd(); // closed by the drain, so it has begun
      child.command("release");
      requireReleased(client);
      assertThat(child.report()).isEqualTo("pool closed");
      assertThat(child.exitValue()).isEqualTo(TERMINATED);
    }
  }

  @Test
  void sigterm_duringClose_waitsForIt() throws Exception {
    try (ChildProcess child = ChildProcess.start(backend());
        WireClient client = child.connect();
        WireClient unused = child.connect()) {
      client.get("/hold");
      assertThat(child.report()).isEqualTo("held");
      child.command("close");
      unused.expectEnd(); // closed by the drain, so it has begun
      child.terminate();
      child.command("release");
      requireReleased(client);
      assertThat(child.report()).isEqualTo("pool closed");
      assertThat(child.exitValue()).isEqualTo(TERMINATED);
    }
  }

  private static void requireReleased(WireClient client) throws Exception {
    Reply reply = client.read();
    assertThat(reply.text()).isEqualTo("released");
    assertThat(reply.field("Connection")).isEqualTo("close");
    client.expectEnd();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/exit", "/exit/nonblocking"})
  void exit_inAHandler_endsTheJvm(String path) throws Exception {
    try (ChildProcess child = ChildProcess.start(backend());
        WireClient client = child.connect()) {
      client.get(path);
      assertThat(child.report()).isEqualTo("pool closed");
      assertThat(child.exitValue()).isEqualTo(7);
      client.awaitEnd();
    }
  }

  @Test
  void exit_inAHandler_otherRequestInFlight_isAnswered() throws Exception {
    try (ChildProcess child = ChildProcess.start(backend());
        WireClient client = child.connect();
        WireClient exiting = child.connect();
        WireClient unused = child.connect()) {
      client.get("/hold");
      assertThat(child.report()).isEqualTo("held");
      exiting.get("/exit");
      unused.expectEnd(); // closed by the drain, so it has begun
      child.command("release");
      requireReleased(client);
      assertThat(child.report()).isEqualTo("pool closed");
      assertThat(child.exitValue()).isEqualTo(7);
    }
  }
}
