package dev.leantea.log;

import dev.leantea.http.CompletedExchange;
import dev.leantea.http.ExchangeListener;
import dev.leantea.http.Request;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.ArrayList;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/**
 * A line for each exchange: answered, refused and broken ones.
 *
 * <pre>{@code
 * var log = AccessLog.combined(); // by the logger dev.leantea.access, at INFO
 * Server server = backend.serve(config.withExchangeListener(log), routes);
 * server.closeOnShutdown(log);
 * }</pre>
 *
 * <p>An event loop only puts the exchange into a queue. A thread of the log's own makes the line
 * and hands it to the sink, which may block: at most {@value #BATCH_MILLIS} ms later. When more
 * than {@value #MAX_WAITING} lines wait for the sink, further ones are dropped and counted: the log
 * says how many. Any thread.
 */
public final class AccessLog implements ExchangeListener, AutoCloseable {
  /** The name of the default logger. */
  public static final String LOGGER = "dev.leantea.access";

  private static final int MAX_WAITING = 10_000;
  private static final int BATCH_MILLIS = 20;

  private static final Logger LOG = System.getLogger("dev.leantea");

  /** What waits for the log's thread. */
  private sealed interface Entry {
    record Exchange(CompletedExchange exchange, long endMillis) implements Entry {}

    record End() implements Entry {}
  }

  private final AccessFormat format;
  private final Consumer<String> sink;
  private final BlockingQueue<Entry> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
  private final LongAdder dropped = new LongAdder();
  private final Thread thread;
  private volatile boolean closed;

  private AccessLog(AccessFormat format, Consumer<String> sink) {
    this.format = format;
    this.sink = sink;
    this.thread = Thread.ofPlatform().name("leantea-access-log").daemon().start(this::run);
  }

  /** The common log format, by the logger {@value #LOGGER}. */
  public static AccessLog common() {
    return of(AccessFormat.common());
  }

  /** The combined log format, with referrer and user agent, by the logger {@value #LOGGER}. */
  public static AccessLog combined() {
    return of(AccessFormat.combined());
  }

  /** An object of JSON for each line, by the logger {@value #LOGGER}. */
  public static AccessLog json() {
    return of(AccessFormat.json());
  }

  /** Lines of any format, by the logger {@value #LOGGER}. */
  public static AccessLog of(AccessFormat format) {
    Logger logger = System.getLogger(LOGGER);
    return of(format, line -> logger.log(Level.INFO, line));
  }

  /**
   * Lines of any format to any sink.
   *
   * @param sink called by one thread; it may block
   */
  public static AccessLog of(AccessFormat format, Consumer<String> sink) {
    return new AccessLog(format, sink);
  }

  @Override
  public Request started(Request request) {
    return format.needsIds() ? RequestIds.identified(request) : request;
  }

  @Override
  public void completed(CompletedExchange exchange) {
    if (closed || !waiting.offer(new Entry.Exchange(exchange, System.currentTimeMillis()))) {
      dropped.increment();
    }
  }

  private void run() {
    var batch = new ArrayList<Entry>();
    try {
      while (true) {
        batch.add(waiting.take());
        if (!closed) {
          TimeUnit.MILLISECONDS.sleep(BATCH_MILLIS); // one wake-up for many exchanges
        }
        waiting.drainTo(batch);
        batch.forEach(this::write);
        logDropped();
        if (batch.getLast() instanceof Entry.End) {
          return;
        }
        batch.clear();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void write(Entry entry) {
    if (entry instanceof Entry.Exchange(CompletedExchange exchange, long endMillis)) {
      try {
        sink.accept(format.line(exchange, Instant.ofEpochMilli(endMillis)));
      } catch (RuntimeException e) {
        LOG.log(Level.ERROR, "the sink of the access log failed", e);
      }
    }
  }

  private void logDropped() {
    long count = dropped.sumThenReset();
    if (count > 0) {
      LOG.log(
          Level.WARNING,
          "access log: dropped "
              + count
              + " lines, for its sink is slower than the requests; use a faster sink, or drop them there");
    }
  }

  /** Writes what waits, and ends the log's thread. Exchanges that end later are not logged. */
  @Override
  public void close() {
    closed = true;
    try {
      if (thread.isAlive()) {
        waiting.put(new Entry.End());
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
