package dev.leantea.exchange;

import dev.leantea.http.Method;
import dev.leantea.wire.Owner;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Which routes hold event loops, and so have their handlers run beside them for a while.
 *
 * <pre>
 *               held                     time is up
 *  on the loop ──────▶ beside, for 1 s ──────────────────────────▶ tried on the loop
 *                          ▲                                            │ held again
 *                          └────── for twice as long, up to 5 min ──────┘
 * </pre>
 *
 * <p>The first stay of a route is logged at DEBUG, for it is mostly the JVM that loads classes, and
 * later ones at INFO. A route that is not held for ten times its last stay beside begins anew with
 * 1 s. Any thread.
 */
final class Placements {
  private static final Logger LOG = System.getLogger("dev.leantea");
  private static final long MIN_BESIDE_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long MAX_BESIDE_NANOS = TimeUnit.MINUTES.toNanos(5);
  private static final int GOOD_STAYS = 10;

  /** Methods that clients make up must not fill the memory. */
  private static final int MAX_ROUTES = 1000;

  private final ConcurrentHashMap<Key, Placement> routes = new ConcurrentHashMap<>();

  /** Stays that have begun and not ended. */
  private final AtomicInteger stays = new AtomicInteger();

  /** When a request looks for stays that are over: of routes that nobody asks for any more too. */
  private volatile long nextLook;

  /**
   * A route of the application.
   *
   * @param pattern empty without a router
   */
  private record Key(Method method, String pattern) {
    @Override
    public String toString() {
      return pattern.isEmpty() ? method + " requests" : method + " " + pattern;
    }
  }

  /** Whether no route is beside the loops: what most requests look at, and no more. */
  boolean areAllOnLoops() {
    return stays.get() == 0;
  }

  /** Whether the route's handler is to run beside the loops. The owner's thread. */
  boolean isBeside(Method method, String pattern, Owner owner) {
    return !areAllOnLoops() && isBeside(method, pattern, owner.nanoTime()); // reads no clock mostly
  }

  /**
   * Whether the route's handler is to run beside the loops.
   *
   * @param now {@link System#nanoTime}, as of the loop's turn
   */
  boolean isBeside(Method method, String pattern, long now) {
    if (now - nextLook >= 0) {
      nextLook = now + MIN_BESIDE_NANOS;
      routes.forEach((key, placement) -> placement.isBeside(key, now));
    }
    var key = new Key(method, pattern);
    Placement placement = routes.get(key);
    return placement != null && placement.isBeside(key, now);
  }

  /**
   * A handler of the route holds its loop.
   *
   * @return how long its handlers are beside the loops from now on; empty if that has begun before
   */
  Optional<Duration> held(Method method, String pattern, long now) {
    var key = new Key(method, pattern);
    if (routes.size() >= MAX_ROUTES && !routes.containsKey(key)) {
      return Optional.empty();
    }
    return routes.computeIfAbsent(key, _ -> new Placement()).held(key, now);
  }

  private final class Placement {
    private long stay = MIN_BESIDE_NANOS;
    private long end;
    private boolean fresh = true;
    private Level level = Level.DEBUG;

    /** What most requests of the route look at. */
    private volatile boolean beside;

    boolean isBeside(Key key, long now) {
      if (!beside) {
        return false;
      }
      boolean over = isOver(now);
      if (over) {
        LOG.log(level, () -> key + ": handlers are tried on the event loops again");
      }
      return !over;
    }

    /** Whether this call ends the stay. */
    private synchronized boolean isOver(long now) {
      boolean over = beside && now - end >= 0;
      if (over) {
        beside = false;
        stays.decrementAndGet();
      }
      return over;
    }

    Optional<Duration> held(Key key, long now) {
      Optional<Duration> time = begin(now);
      time.ifPresent(it -> LOG.log(level, () -> text(key, it)));
      return time;
    }

    private static String text(Key key, Duration time) {
      return key
          + ": a handler held its event loop for more than 10 ms; its handlers run beside the loops"
          + " for "
          + time.toSeconds()
          + " s (Handler.computing declares it)";
    }

    /** Begins a stay, whose length it returns; empty when one has begun before. */
    private synchronized Optional<Duration> begin(long now) {
      if (beside) {
        return Optional.empty();
      }
      boolean wasGood = !fresh && now - end >= GOOD_STAYS * stay;
      stay = fresh || wasGood ? MIN_BESIDE_NANOS : Math.min(2 * stay, MAX_BESIDE_NANOS);
      level = fresh ? Level.DEBUG : Level.INFO;
      fresh = false;
      end = now + stay;
      beside = true;
      if (stays.getAndIncrement() == 0) {
        nextLook = now + MIN_BESIDE_NANOS;
      }
      return Optional.of(Duration.ofNanos(stay));
    }
  }
}
