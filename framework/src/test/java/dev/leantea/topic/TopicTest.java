package dev.leantea.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TopicTest {
  private final AtomicInteger overflows = new AtomicInteger();

  private static void ignore() {}

  @Test
  void publish_twoSubscribers_shareTheSameObjects() throws Exception {
    var topic = new Topic<byte[]>(10, true);
    var first = topic.subscribe(TopicTest::ignore);
    var second = topic.subscribe(TopicTest::ignore);
    byte[] item = {1};
    topic.publish(item);
    assertThat(first.take()).isSameAs(item);
    assertThat(second.take()).isSameAs(item);
    assertThat(first.poll()).isNull();
  }

  @Test
  void subscribe_later_seesWhatIsPublishedFromThenOn() throws Exception {
    var topic = new Topic<String>(10, true);
    topic.publish("before");
    var subscription = topic.subscribe(TopicTest::ignore);
    topic.publish("after");
    assertThat(subscription.take()).isEqualTo("after");
  }

  @Test
  void publish_fullQueue_dropsTheOldest() throws Exception {
    var topic = new Topic<Integer>(2, true);
    var slow = topic.subscribe(overflows::incrementAndGet);
    var fast = topic.subscribe(TopicTest::ignore);
    for (int i = 0; i < 5; i++) {
      topic.publish(i);
      assertThat(fast.take()).isEqualTo(i);
    }
    assertThat(slow.dropped()).isEqualTo(3);
    assertThat(slow.take()).isEqualTo(3);
    assertThat(slow.take()).isEqualTo(4);
    assertThat(fast.dropped()).isZero();
    assertThat(overflows).hasValue(0);
  }

  @Test
  void publish_fullQueue_endsTheSubscriptionOnce() throws Exception {
    var topic = new Topic<Integer>(2, false);
    var slow = topic.subscribe(overflows::incrementAndGet);
    for (int i = 0; i < 5; i++) {
      topic.publish(i);
    }
    assertThat(overflows).hasValue(1);
    assertThat(slow.hasOverflowed()).isTrue();
    assertThat(slow.dropped()).isEqualTo(3);
    assertThat(slow.take()).isNull();
    assertThat(topic.subscribers()).isZero();
  }

  @Test
  void close_ofTheTopic_endsBehindWhatWaits() throws Exception {
    var topic = new Topic<String>(10, true);
    var subscription = topic.subscribe(TopicTest::ignore);
    topic.publish("last");
    topic.close();
    topic.publish("too late");
    assertThat(subscription.take()).isEqualTo("last");
    assertThat(subscription.take()).isNull();
    assertThat(topic.subscribe(TopicTest::ignore).take()).isNull();
  }

  @Test
  void close_ofTheSubscription_endsATakeUnderWay() throws Exception {
    var topic = new Topic<String>(10, true);
    var subscription = topic.subscribe(TopicTest::ignore);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<String> taken = threads.submit(() -> String.valueOf(subscription.take()));
      subscription.close();
      assertThat(taken.get(30, TimeUnit.SECONDS)).isEqualTo("null");
    }
    assertThat(topic.subscribers()).isZero();
  }

  @Test
  void take_interrupted_throwsAndClearsTheFlag() {
    var subscription = new Topic<String>(10, true).subscribe(TopicTest::ignore);
    Thread.currentThread().interrupt();
    assertThatThrownBy(subscription::take).isInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isFalse();
  }

  @Test
  void publish_fromManyThreads_allSubscribersSeeTheSameOrder() throws Exception {
    int publishers = 4;
    int each = 2_000;
    var topic = new Topic<String>(publishers * each, false);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var received = new ArrayList<Future<List<String>>>();
      for (int i = 0; i < 20; i++) {
        var subscription = topic.subscribe(TopicTest::ignore);
        received.add(threads.submit(() -> all(subscription)));
      }
      publishFromManyThreads(threads, topic, publishers, each);
      topic.close();
      List<String> expected = received.getFirst().get(60, TimeUnit.SECONDS);
      assertThat(expected).hasSize(publishers * each).doesNotHaveDuplicates();
      for (Future<List<String>> other : received) {
        assertThat(other.get(60, TimeUnit.SECONDS)).isEqualTo(expected);
      }
    }
  }

  private static void publishFromManyThreads(
      ExecutorService threads, Topic<String> topic, int publishers, int each) throws Exception {
    var publishing = new ArrayList<Future<?>>();
    for (int i = 0; i < publishers; i++) {
      String name = i + " ";
      publishing.add(threads.submit(() -> publishAll(topic, name, each)));
    }
    for (Future<?> done : publishing) {
      done.get(60, TimeUnit.SECONDS);
    }
  }

  private static void publishAll(Topic<String> topic, String name, int count) {
    for (int i = 0; i < count; i++) {
      topic.publish(name + i);
    }
  }

  private static List<String> all(Topic<String>.Subscription subscription)
      throws InterruptedException {
    var items = new ArrayList<String>();
    for (String item; (item = subscription.take()) != null; ) {
      items.add(item);
    }
    return items;
  }

  /** A publisher drops while the subscriber takes: each item is seen once or counted as dropped. */
  @Test
  void publish_whileASlowSubscriberTakes_countsWhatItDrops() throws Exception {
    int count = 20_000;
    var topic = new Topic<String>(3, true);
    var subscription = topic.subscribe(TopicTest::ignore);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<List<String>> received = threads.submit(() -> all(subscription));
      publishAll(topic, "", count);
      topic.close();
      List<String> items = received.get(60, TimeUnit.SECONDS);
      assertThat(items).isSortedAccordingTo((a, b) -> Integer.parseInt(a) - Integer.parseInt(b));
      assertThat(items.size() + subscription.dropped()).isEqualTo(count);
      assertThat(items).endsWith(String.valueOf(count - 1));
    }
  }

  @Test
  void subscribe_withHistory_beginsBehindWhatWasSeen() throws Exception {
    var topic = new Topic<Integer>(1, false, 3);
    for (int i = 1; i <= 5; i++) {
      topic.publish(i);
    }
    var all = topic.subscribe(overflows::incrementAndGet, _ -> false);
    var some = topic.subscribe(overflows::incrementAndGet, item -> item <= 4);
    var none = topic.subscribe(overflows::incrementAndGet, _ -> true);
    assertThat(List.of(all.take(), all.take(), all.take())).containsExactly(3, 4, 5);
    assertThat(some.start()).isEqualTo(4);
    assertThat(some.take()).isEqualTo(5);
    assertThat(none.poll()).isNull();
    topic.publish(6);
    topic.publish(7);
    assertThat(all.hasOverflowed()).as("allowed: 3 of the history and 1").isFalse();
    assertThat(none.hasOverflowed()).as("allowed: 1").isTrue();
    assertThat(overflows).hasValue(1);
  }
}
