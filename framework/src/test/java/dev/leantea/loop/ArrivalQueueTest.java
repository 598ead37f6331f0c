package dev.leantea.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArrivalQueueTest {
  private static final int PRODUCERS = 4;
  private static final int EACH = 20_000;

  /**
   * What one producer added.
   *
   * @param producer which
   * @param number in its own order
   */
  private record Item(int producer, int number) {}

  private final ArrivalQueue<Item> queue = new ArrivalQueue<>();

  @Test
  void poll_nearAndFarTakingTurns_isInTheOrderOfArrival() {
    for (int i = 0; i < 1000; i++) {
      if (i % 7 < 3) {
        queue.addFar(new Item(0, i));
      } else {
        queue.addNear(new Item(0, i));
      }
    }
    for (int i = 0; i < 1000; i++) {
      assertThat(queue.poll()).isEqualTo(new Item(0, i));
    }
    assertThat(queue.poll()).isNull();
    assertThat(queue.isEmpty()).isTrue();
  }

  @Test
  void poll_otherThreadsAddMeanwhile_eachOnesItemsAreInItsOrder() throws Exception {
    var threads = new ArrayList<Thread>();
    for (int producer = 1; producer <= PRODUCERS; producer++) {
      int number = producer;
      threads.add(Thread.ofPlatform().start(() -> addFar(number)));
    }
    int[] next = new int[PRODUCERS + 1];
    for (int left = (PRODUCERS + 1) * EACH, near = 0; left > 0; ) {
      if (near < EACH) {
        queue.addNear(new Item(0, near++));
      }
      for (Item item = queue.poll(); item != null; item = queue.poll()) {
        assertThat(item.number).isEqualTo(next[item.producer]++);
        left--;
      }
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(List.of(next[0], next[PRODUCERS])).containsOnly(EACH);
  }

  private void addFar(int producer) {
    for (int i = 0; i < EACH; i++) {
      queue.addFar(new Item(producer, i));
    }
  }
}
