package dev.leantea.tls.openssl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.leantea.tls.certificate.Identity;
import dev.leantea.tls.engine.TlsEngine;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** All native memory is freed, whenever an engine is closed. */
final class MemoryTest {
  private static final String TLS_1_3 = "TLSv1.3";

  /** {@code -Dleantea.tls.handshakes=10000} takes a minute. */
  private static final int HANDSHAKES = Integer.getInteger("leantea.tls.handshakes", 2_000);

  private static final int ROUNDS = 4;
  private static final int WARM_UP = 500;

  /** Less than the smallest object that a connection could leave behind. */
  private static final int MAX_GROWTH_BYTES = 100;

  @TempDir private static Path folder;

  private static Identity ec;
  private static Identity rsa;

  private long liveBefore;

  @BeforeAll
  static void makeKeys() throws Exception {
    var keys = TestKeys.in(folder);
    ec = keys.selfSigned("localhost", "EC");
    rsa = keys.selfSigned("localhost", "RSA");
  }

  @BeforeEach
  void countBefore() {
    Transfer.clear();
    liveBefore = OpenSsl.liveObjects();
  }

  @AfterEach
  void countAfter() {
    Transfer.clear();
    assertThat(OpenSsl.liveObjects()).isEqualTo(liveBefore);
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", TLS_1_3})
  void close_afterEachByteOfTheHandshake(String version) throws Exception {
    try (TestServer server = TestServer.of(ec)) {
      int size = 1;
      for (int count = 0; count <= size; count++) {
        TlsEngine engine = server.accept();
        Link link = server.link(engine, version);
        byte[] hello = link.client.receive(new byte[0]);
        link.receive(hello, 0, hello.length);
        byte[] last = link.client.receive(link.wire.take());
        link.receive(last, 0, Math.min(count, last.length));
        size = last.length;
        engine.close();
        engine.close();
      }
    }
  }

  @Test
  void close_thenOtherCalls_doNothing() throws Exception {
    try (TestServer server = TestServer.of(ec)) {
      TlsEngine engine = server.accept();
      Link link = server.link(engine, TLS_1_3).connect();
      byte[] data = link.client.send(new byte[10]);
      engine.close();
      link.receive(data, 0, data.length);
      engine.send(ByteBuffer.wrap(data), link.wire);
      engine.closeOutput(link.wire);
      assertThat(link.take()).isEmpty();
      assertThat(link.wire.unsent()).isZero();
      assertThat(engine.takeTask()).isNull();
      assertThatIllegalStateException().isThrownBy(engine::session);
    }
  }

  @Test
  void context_closedBeforeItsEngines_livesAsLongAsThey() throws Exception {
    TestServer server = TestServer.of(ec);
    TlsEngine engine = server.accept();
    Link link = server.link(engine, TLS_1_3);
    server.close();
    server.close();
    assertThatIllegalStateException().isThrownBy(server::accept);
    link.connect();
    assertThat(engine.isHandshakeComplete()).isTrue();
    engine.close();
  }

  @Test
  void close_beforeTheTaskRuns_taskDoesNothing() throws Exception {
    try (TestServer server = TestServer.of(rsa)) {
      TlsEngine engine = server.accept();
      Runnable task = taskOf(server, engine);
      engine.close();
      task.run();
    }
  }

  @Test
  void close_afterTheTask_beforeResume() throws Exception {
    try (TestServer server = TestServer.of(rsa)) {
      TlsEngine engine = server.accept();
      taskOf(server, engine).run();
      engine.close();
      var wire = new MemoryWire();
      engine.resume(wire, (_, _, _) -> {});
      assertThat(wire.unsent()).isZero();
    }
  }

  private static Runnable taskOf(TestServer server, TlsEngine engine) throws Exception {
    Link link = server.link(engine, TLS_1_3);
    byte[] hello = link.client.receive(new byte[0]);
    engine.receive(hello, 0, hello.length, link.wire, (_, _, _) -> {});
    Runnable task = engine.takeTask();
    assertThat(engine.takeTask()).isNull();
    assertThatIllegalStateException()
        .isThrownBy(() -> engine.receive(hello, 0, 1, link.wire, (_, _, _) -> {}));
    assertThatIllegalStateException().isThrownBy(() -> engine.resume(link.wire, (_, _, _) -> {}));
    return Objects.requireNonNull(task);
  }

  /** The task's own thread frees the memory that it uses. */
  @Test
  void abandoned_whileItRuns_taskFrees() throws Exception {
    var running = new CountDownLatch(1);
    var goOn = new CountDownLatch(1);
    var freed = new CountDownLatch(1);
    var task =
        new HandshakeTask(
            () -> {
              running.countDown();
              await(goOn);
              return new HandshakeStep.Incomplete();
            },
            freed::countDown);
    Thread thread = Thread.ofVirtual().start(task);
    running.await();
    assertThat(task.abandon()).isTrue();
    assertThat(freed.getCount()).isOne();
    goOn.countDown();
    thread.join();
    assertThat(freed.getCount()).isZero();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** The JVM allocates too, so the smallest growth of some rounds counts. */
  @Test
  void handshakes_thousands_nativeMemoryDoesNotGrow() throws Exception {
    try (TestServer server = TestServer.of(ec)) {
      connect(server, WARM_UP);
      long smallest = Long.MAX_VALUE;
      for (int round = 0; round < ROUNDS; round++) {
        long before = NativeHeap.used();
        connect(server, HANDSHAKES / ROUNDS);
        smallest = Math.min(smallest, NativeHeap.used() - before);
      }
      assertThat(smallest / (HANDSHAKES / ROUNDS))
          .as("bytes for each handshake")
          .isLessThan(MAX_GROWTH_BYTES);
    }
  }

  private static void connect(TestServer server, int count) throws Exception {
    for (int i = 0; i < count; i++) {
      try (TlsEngine engine = server.accept()) {
        Link link = server.link(engine, i % 2 == 0 ? TLS_1_3 : "TLSv1.2").connect();
        link.send(new byte[100]);
        assertThat(link.client.take()).hasSize(100);
      }
    }
  }
}
