package dev.leantea.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryBusTest {
  private static final class Received implements BusListener {
    final List<String> texts = new ArrayList<>();

    @Override
    public void started(List<BusMessage> retained) {
      retained.forEach(message -> texts.add("retained " + text(message)));
    }

    @Override
    public void received(BusMessage message) {
      texts.add(text(message));
    }

    private static String text(BusMessage message) {
      return message.previous() + ">" + message.id() + " " + message.bytes()[0];
    }
  }

  private static void publish(Bus bus, String topic, int value) {
    var _ = bus.publish(topic, new byte[] {(byte) value});
  }

  @Test
  void publish_reachesAllListenersOfTheTopic() {
    try (Bus bus = Bus.inMemory(0)) {
      var first = new Received();
      var second = new Received();
      var other = new Received();
      var _ = bus.subscribe("tea", first);
      var _ = bus.subscribe("tea", second);
      var _ = bus.subscribe("coffee", other);
      publish(bus, "tea", 1);
      publish(bus, "tea", 2);
      assertThat(first.texts).containsExactly("0>1 1", "1>2 2").isEqualTo(second.texts);
      assertThat(other.texts).isEmpty();
    }
  }

  @Test
  void subscribe_startsWithWhatIsRetained() {
    try (Bus bus = Bus.inMemory(2)) {
      for (int i = 1; i <= 3; i++) {
        publish(bus, "tea", i);
      }
      var received = new Received();
      var _ = bus.subscribe("tea", received);
      publish(bus, "tea", 4);
      assertThat(received.texts).containsExactly("retained 1>2 2", "retained 2>3 3", "3>4 4");
    }
  }

  @Test
  void close_endsSubscriptions() {
    Bus bus = Bus.inMemory(0);
    var left = new Received();
    var closed = new Received();
    bus.subscribe("tea", left).close();
    var _ = bus.subscribe("tea", closed);
    publish(bus, "tea", 1);
    bus.close();
    publish(bus, "tea", 2);
    assertThat(left.texts).isEmpty();
    assertThat(closed.texts).containsExactly("0>1 1");
  }

  @Test
  void topic_hasANameOfBoundedLength() {
    try (Bus bus = Bus.inMemory(0)) {
      assertThatIllegalArgumentException().isThrownBy(() -> publish(bus, "", 1));
      assertThatIllegalArgumentException().isThrownBy(() -> publish(bus, "x".repeat(201), 1));
      publish(bus, "x".repeat(200), 1);
    }
    assertThatIllegalArgumentException().isThrownBy(() -> Bus.inMemory(-1));
  }
}
