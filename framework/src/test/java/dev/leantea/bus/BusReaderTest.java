package dev.leantea.bus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a reader does when its bus comes back with less than it had. */
@Timeout(60)
class BusReaderTest {
  private static BusMessage message(long id, long previous) {
    return new BusMessage(id, previous, new byte[0]);
  }

  /** A server of a bus: each connection breaks at the end of what it has to say. */
  private static final class Script implements BusSession {
    private final List<BusMessage> kept;
    private final ArrayDeque<BusMessage> next;
    private final CountDownLatch last = new CountDownLatch(1);

    Script(List<BusMessage> kept, List<BusMessage> next) {
      this.kept = kept;
      this.next = new ArrayDeque<>(next);
    }

    @Override
    public List<BusMessage> retained(String topic) {
      return kept;
    }

    @Override
    public long newest(String topic) {
      return kept.isEmpty() ? 0 : kept.getLast().id();
    }

    @Override
    public Map<String, List<BusMessage>> read(Map<String, Long> positions) throws IOException {
      BusMessage message = next.poll();
      if (message == null) {
        throw new IOException("broken");
      }
      // As a server does it: what is not behind the position is not read.
      boolean isBehind = message.id() > positions.getOrDefault("tea", 0L);
      return isBehind ? Map.of("tea", List.of(message)) : Map.of();
    }

    @Override
    public void close() {
      last.countDown();
    }
  }

  private static final class Received implements BusListener {
    final BlockingQueue<Long> ids = new LinkedBlockingQueue<>();

    @Override
    public void started(List<BusMessage> retained) {
      retained.forEach(message -> ids.add(-message.id()));
    }

    @Override
    public void received(BusMessage message) {
      ids.add(message.id());
      if (message.id() == 6) {
        throw new IllegalStateException("a listener that fails is called again for the next");
      }
    }

    long next() throws InterruptedException {
      Long id = ids.poll(30, TimeUnit.SECONDS);
      return id == null ? 0 : id;
    }
  }

  @Test
  void reader_goesOnBehindItsPosition_andFollowsABusThatLostMessages() throws Exception {
    var sessions = new ArrayDeque<BusSession>();
    sessions.add(new Script(List.of(message(5, 0)), List.of(message(6, 5), message(7, 6))));
    sessions.add(new Script(List.of(message(7, 6)), List.of(message(8, 7))));
    sessions.add(new Script(List.of(message(2, 0)), List.of(message(3, 2))));
    sessions.add(new Script(List.of(), List.of(message(1, 0))));
    var received = new Received();
    try (var reader = new BusReader(sessions::remove)) {
      var _ = reader.subscribe("tea", received);
      for (long expected : new long[] {-5, 6, 7, 8, 3, 1}) {
        assertThat(received.next()).isEqualTo(expected);
      }
    }
  }

  @Test
  void listener_thatComesLater_startsWhereTheOthersAre() throws Exception {
    var gate = new CountDownLatch(1);
    var session =
        new Script(List.of(message(5, 0), message(6, 5)), List.of(message(7, 6), message(8, 7)));
    try (var reader =
        new BusReader(
            () -> {
              gate.await();
              return session;
            })) {
      var first = new Received();
      var second = new Received();
      var _ = reader.subscribe("tea", first);
      var _ = reader.subscribe("tea", second);
      gate.countDown();
      for (long expected : new long[] {-5, -6, 7, 8}) {
        assertThat(first.next()).isEqualTo(expected);
        assertThat(second.next()).isEqualTo(expected);
      }
    }
  }
}
