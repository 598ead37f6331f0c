package dev.leantea.bench.clients;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.leantea.bus.BusListener;
import dev.leantea.bus.BusMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** All that one subscription receives. */
final class BusLog implements BusListener {
  private static final int TIMEOUT_SECONDS = 60;

  private final CountDownLatch started = new CountDownLatch(1);
  private final LinkedBlockingQueue<BusMessage> queue = new LinkedBlockingQueue<>();
  private volatile List<BusMessage> retained = List.of();

  @Override
  public void started(List<BusMessage> messages) {
    retained = messages;
    started.countDown();
  }

  @Override
  public void received(BusMessage message) {
    queue.add(message);
  }

  static String text(BusMessage message) {
    return new String(message.bytes(), UTF_8);
  }

  /** What was there before; waits until the bus was reached. */
  List<String> retained() throws InterruptedException {
    if (!started.await(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("the bus was not reached");
    }
    return retained.stream().map(BusLog::text).toList();
  }

  BusMessage next() throws InterruptedException {
    BusMessage message = queue.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    if (message == null) {
      throw new AssertionError("expected a message");
    }
    return message;
  }

  /** All messages up to the one of this text, which is left out. */
  List<BusMessage> until(String text) throws InterruptedException {
    var messages = new ArrayList<BusMessage>();
    for (BusMessage message = next(); !text(message).equals(text); message = next()) {
      messages.add(message);
    }
    return messages;
  }
}
