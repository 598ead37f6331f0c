package dev.leantea.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A server that runs out of memory: every client gets an answer or the end of its connection, and
 * once there is memory again the server does all that it did before, by the threads that it had.
 */
@Timeout(120) // reached only when something hangs
public abstract class MemoryContract {
  private static final int TERMINATED = 128 + 15;

  /** Together their bodies are larger than the heap of {@link ChildProcess}. */
  private static final int UPLOADS = 45;

  private static final int BODY_BYTES = 8 * 1024 * 1024;

  private static final int EXHAUSTING_REQUESTS = 6;

  /** So many that each event loop gets some. */
  private static final int FRESH_CLIENTS = 16;

  private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(2);

  /** What a client sees whose connection the server ends without an answer. */
  private static final int NO_ANSWER = 0;

  /** What a user would type: {@code reactor:nio}. */
  protected abstract String backend();

  /** The limit for all bodies together is a quarter of the heap, as it is by default. */
  @ParameterizedTest
  @ValueSource(strings = {"/gather", "/gather/nonblocking"})
  void bodies_beyondTheServersLimit_503AndNothingFails(String path) throws Exception {
    byte[] half = new byte[BODY_BYTES / 2];
    try (ChildProcess child = start(ChildProcess.MAX_HEAP_BYTES / 4)) {
      String threads = child.ask("threads");
      var allStarted = new CyclicBarrier(UPLOADS);
      List<Integer> answers = concurrently(UPLOADS, () -> upload(child, path, half, allStarted));
      assertThat(answers).as("answers to uploads").contains(200, 503).isSubsetOf(200, 503);
      assertThat(child.ask("errors")).isEqualTo("errors 0");
      requireServes(child, threads);
    }
  }

  /** Takes too long for every build, and was not always green: see CONTRIBUTING.md. */
  @ParameterizedTest
  @ValueSource(strings = {"/gather", "/gather/nonblocking"})
  @EnabledIfSystemProperty(named = "leantea.memory.unlimited", matches = "true")
  void bodies_largerThanTheMemory_serverServesAfterwards(String path) throws Exception {
    byte[] half = new byte[BODY_BYTES / 2];
    try (ChildProcess child = start(Long.MAX_VALUE)) {
      String threads = child.ask("threads");
      var allStarted = new CyclicBarrier(UPLOADS);
      List<Integer> answers = concurrently(UPLOADS, () -> upload(child, path, half, allStarted));
      assertThat(answers).as("answers to uploads").contains(200).containsAnyOf(500, NO_ANSWER);
      requireServes(child, threads);
    }
  }

  private ChildProcess start(long bodiesInMemory) throws IOException {
    return ChildProcess.start(backend(), IDLE_TIMEOUT, bodiesInMemory);
  }

  private static int upload(ChildProcess child, String path, byte[] half, CyclicBarrier allStarted)
      throws Exception {
    try (WireClient client = child.connect()) {
      boolean open = isSent(client, head(path)) && isSent(client, half);
      allStarted.await();
      return open && isSent(client, half) ? answer(client) : NO_ANSWER;
    }
  }

  private static byte[] head(String path) {
    String head =
        "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n"
            .formatted(path, BODY_BYTES);
    return head.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static boolean isSent(WireClient client, byte[] bytes) {
    try {
      client.send(bytes);
      return true;
    } catch (IOException e) {
      return false; // the server has ended the connection
    }
  }

  private static int answer(WireClient client) throws IOException {
    try {
      return client.read().status();
    } catch (SocketTimeoutException e) {
      throw e; // the server neither answers nor ends the connection
    } catch (IOException e) {
      return NO_ANSWER;
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/exhaust", "/exhaust/nonblocking"})
  void handlers_useUpTheMemory_serverServesAfterwards(String path) throws Exception {
    try (ChildProcess child = start(Long.MAX_VALUE)) {
      String threads = child.ask("threads");
      for (int i = 0; i < EXHAUSTING_REQUESTS; i++) { // several at once hardly get beyond GC
        assertThat(exhaust(child, path)).as("answer of " + path).isIn(500, NO_ANSWER);
      }
      requireServes(child, threads);
    }
  }

  private static int exhaust(ChildProcess child, String path) throws IOException {
    try (WireClient client = child.connect()) {
      client.get(path);
      return answer(client);
    }
  }

  private static <T> List<T> concurrently(int count, Callable<T> task) throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<T> results = new ArrayList<>();
      for (Future<T> future : threads.invokeAll(Collections.nCopies(count, task))) {
        results.add(future.get());
      }
      return results;
    }
  }

  /** Once no handler holds memory it accepts, answers, times connections out, drains and ends. */
  private static void requireServes(ChildProcess child, String threads) throws Exception {
    boolean idle = isIdle(child);
    while (!idle) {
      idle = isIdle(child);
    }
    requireAnswers(child);
    try (WireClient client = child.connect()) {
      client.expectEnd(); // after the idle timeout
    }
    assertThat(child.ask("threads")).isEqualTo(threads);
    child.terminate();
    assertThat(child.report()).isEqualTo("pool closed");
    assertThat(child.exitValue()).isEqualTo(TERMINATED);
  }

  private static boolean isIdle(ChildProcess child) throws IOException {
    try (WireClient client = child.connect()) {
      return client.get("/").read().text().equals("idle");
    } catch (SocketTimeoutException e) {
      throw e; // the server neither answers nor ends the connection
    } catch (IOException e) {
      return false; // there was no memory for it
    }
  }

  private static void requireAnswers(ChildProcess child) throws IOException {
    var clients = new ArrayList<WireClient>();
    try {
      for (int i = 0; i < FRESH_CLIENTS; i++) {
        clients.add(child.connect().get("/"));
      }
      for (WireClient client : clients) {
        assertThat(client.read().text()).isEqualTo("idle");
      }
    } finally {
      for (WireClient client : clients) {
        client.close();
      }
    }
  }
}
