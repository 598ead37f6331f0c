package dev.leantea.bench.clients;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leantea.bus.Bus;
import dev.leantea.bus.BusException;
import dev.leantea.bus.BusMessage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What each bus has to do, with its real server. Two buses stand for two instances. */
@Timeout(180)
abstract class BusSuite {
  private static final int FEW = 100;

  /** More than is published while a reader is away. */
  private static final int MANY = 100_000;

  /** Another instance's view of the one server. */
  abstract Bus open(int retained);

  /** Ends the server as a crash would. */
  abstract void kill() throws Exception;

  /** Starts it again, with what it has on its disk. */
  abstract void start() throws Exception;

  private static String newTopic() {
    return "topic-" + ThreadLocalRandom.current().nextLong(Long.MAX_VALUE);
  }

  private static BusLog log(Bus bus, String topic) throws InterruptedException {
    var log = new BusLog();
    var _ = bus.subscribe(topic, log);
    assertThat(log.retained()).isEmpty();
    return log;
  }

  private static List<String> texts(List<BusMessage> messages) {
    return messages.stream().map(BusLog::text).toList();
  }

  @Test
  void messagesOfAllInstances_reachAllInOneOrder() throws Exception {
    try (Bus first = open(MANY);
        Bus second = open(MANY)) {
      BusLog here = log(first, BusPublishers.TOPIC);
      BusLog there = log(second, BusPublishers.TOPIC);
      var publishers = new BusPublishers(List.of(first, second), 4);
      publishers.awaitAcknowledged(1000);
      publishers.stop();
      var _ = first.publish(BusPublishers.TOPIC, "end".getBytes(UTF_8));
      List<BusMessage> received = here.until("end");
      assertThat(texts(there.until("end"))).isEqualTo(texts(received));
      assertThat(texts(received)).containsExactlyInAnyOrderElementsOf(publishers.acknowledged());
      assertChain(received);
      assertOrderOfEachPublisher(texts(received));
    }
  }

  private static void assertChain(List<BusMessage> received) {
    for (int i = 1; i < received.size(); i++) {
      assertThat(received.get(i).id()).isGreaterThan(received.get(i - 1).id());
      assertThat(received.get(i).previous()).isEqualTo(received.get(i - 1).id());
    }
  }

  private static void assertOrderOfEachPublisher(List<String> texts) {
    for (int publisher = 0; publisher < 8; publisher++) {
      String prefix = "publisher " + publisher + " message ";
      Stream<String> own = texts.stream().filter(text -> text.startsWith(prefix));
      assertThat(own.map(text -> Integer.valueOf(text.substring(prefix.length())))).isSorted();
    }
  }

  @Test
  void subscriber_thatComesLater_getsWhatIsRetained() throws Exception {
    String topic = newTopic();
    try (Bus first = open(FEW);
        Bus second = open(FEW)) {
      for (int i = 0; i < 3 * FEW; i++) {
        var _ = first.publish(topic, ("" + i).getBytes(UTF_8));
      }
      var log = new BusLog();
      var _ = second.subscribe(topic, log);
      List<String> newest = new ArrayList<>();
      for (int i = 2 * FEW; i < 3 * FEW; i++) {
        newest.add("" + i);
      }
      assertThat(log.retained()).isEqualTo(newest);
      var _ = first.publish(topic, "next".getBytes(UTF_8));
      assertThat(BusLog.text(log.next())).isEqualTo("next");
    }
  }

  /** PostgreSQL's NOTIFY takes 8000 bytes. */
  @Test
  void largeMessage_arrivesWhole() throws Exception {
    String topic = newTopic();
    byte[] large = new byte[1_000_000];
    new Random(1).nextBytes(large);
    try (Bus first = open(MANY);
        Bus second = open(MANY)) {
      BusLog log = log(second, topic);
      long id = first.publish(topic, large);
      BusMessage received = log.next();
      assertThat(received.id()).isEqualTo(id);
      assertThat(received.bytes()).isEqualTo(large);
    }
  }

  @Test
  void topics_areKeptApart_andMayBeSubscribedToTwice() throws Exception {
    List<String> topics = List.of(newTopic(), "ä".repeat(200), "a:b'; -- " + newTopic());
    try (Bus bus = open(MANY)) {
      var logs = new ArrayList<BusLog>();
      for (String topic : topics) {
        logs.add(log(bus, topic));
        logs.add(log(bus, topic));
      }
      for (String topic : topics) {
        var _ = bus.publish(topic, topic.getBytes(UTF_8));
      }
      for (int i = 0; i < logs.size(); i++) {
        assertThat(BusLog.text(logs.get(i).next())).isEqualTo(topics.get(i / 2));
      }
    }
  }

  @Test
  void killedAndStartedAgain_underLoad_losesNothingThatItAcknowledged() throws Exception {
    try (Bus first = open(MANY);
        Bus second = open(MANY)) {
      List<BusLog> logs = List.of(new BusLog(), new BusLog());
      var _ = first.subscribe(BusPublishers.TOPIC, logs.get(0));
      var _ = second.subscribe(BusPublishers.TOPIC, logs.get(1));
      for (BusLog log : logs) {
        var _ = log.retained();
      }
      var publishers = new BusPublishers(List.of(first, second), 4);
      for (int round = 0; round < 3; round++) {
        publishers.awaitAcknowledged(200);
        kill();
        publishers.awaitFailed(20);
        assertThatThrownBy(() -> first.publish(newTopic(), new byte[1]))
            .isInstanceOf(BusException.class);
        start();
      }
      publishers.awaitAcknowledged(200);
      publishers.stop();
      var _ = second.publish(BusPublishers.TOPIC, "after".getBytes(UTF_8));
      assertDelivered(publishers, List.of(logs.get(0).until("after"), logs.get(1).until("after")));
    }
  }

  private void assertDelivered(BusPublishers publishers, List<List<BusMessage>> received) {
    List<String> all = texts(received.getFirst());
    var lost = new HashSet<>(publishers.acknowledged());
    lost.removeAll(all);
    var unsure = new HashSet<>(publishers.failed());
    unsure.retainAll(all);
    int repeated = all.size() - new HashSet<>(all).size();
    System.out.printf(
        "%s: %d acknowledged, %d failed, of these %d delivered; %d lost, %d repeated%n",
        getClass().getSimpleName(),
        publishers.acknowledged().size(),
        publishers.failed().size(),
        unsure.size(),
        lost.size(),
        repeated);
    assertThat(lost).isEmpty();
    assertThat(repeated).isZero();
    assertThat(texts(received.getLast())).as("of the other instance").isEqualTo(all);
    assertChain(received.getFirst());
    assertThat(Collections.disjoint(publishers.acknowledged(), publishers.failed())).isTrue();
  }
}
