package dev.leantea.net;

import dev.leantea.loop.LoopThreadFactory;
import java.util.concurrent.ThreadFactory;

/**
 * Makes virtual threads that run on the event loop of the handler that asks for them.
 *
 * <p>What a handler starts by {@code Thread.ofVirtual()} or an executor of its own runs on the
 * JDK's scheduler. That is right for work that computes. A thread of the loop is for work that
 * waits: its {@link LoopSocketFactory} sockets wait in the loop, and it hands over to its handler
 * without waking another platform thread.
 *
 * <pre>{@code
 * try (var scope = Executors.newThreadPerTaskExecutor(LoopThreads.factory())) {
 *   Future<Price> price = scope.submit(() -> shop.price(id));
 *   Future<Stock> stock = scope.submit(() -> warehouse.stock(id));
 *   return Response.jsonObj(200, new Offer(price.get(), stock.get()));
 * }
 * }</pre>
 */
public final class LoopThreads {
  private LoopThreads() {}

  /**
   * A factory for virtual threads that are carried by the loop that carries the caller. Called on
   * any other thread, or with a backend without loops, it makes ordinary virtual threads.
   *
   * <p>The factory may be kept and used by any thread. It does not keep the loop: once the server
   * has closed, its threads go on, and new ones start, on the JDK's scheduler. A thread that holds
   * its loop, as by computing for more than 10 ms, goes on beside it when it has next waited. The
   * server does not wait for these threads when it closes, and does not interrupt them.
   */
  public static ThreadFactory factory() {
    return LoopThreadFactory.ofCaller();
  }
}
