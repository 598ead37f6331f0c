package dev.leantea.session;

import dev.leantea.http.Cookie;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * How sessions are kept.
 *
 * @param cookie whose value is not used
 * @param idle how long a session lives that is not read
 * @param absolute how long a session lives at all
 */
record SessionOptions(Cookie cookie, Duration idle, Duration absolute, InstantSource clock) {
  /** A store may refuse none at all. */
  private static final Duration SHORTEST = Duration.ofMillis(1);

  static final SessionOptions DEFAULTS =
      new SessionOptions(
          Cookie.of("__Host-session", "")
              .path("/")
              .secure()
              .httpOnly()
              .sameSite(Cookie.SameSite.LAX),
          Duration.ofMinutes(30),
          Duration.ofHours(12),
          InstantSource.system());

  SessionOptions {
    var _ = cookie.fieldValue(); // refuses one that user agents would ignore
    requirePositive(idle, "idle limit");
    requirePositive(absolute, "absolute limit");
  }

  private static void requirePositive(Duration time, String name) {
    if (time.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new IllegalArgumentException(
          "session " + name + ": expected a second or more, got " + time);
    }
  }

  SessionOptions withCookie(Cookie other) {
    return new SessionOptions(other, idle, absolute, clock);
  }

  SessionOptions withIdle(Duration other) {
    return new SessionOptions(cookie, other, absolute, clock);
  }

  SessionOptions withAbsolute(Duration other) {
    return new SessionOptions(cookie, idle, other, clock);
  }

  SessionOptions withClock(InstantSource other) {
    return new SessionOptions(cookie, idle, absolute, other);
  }

  Instant now() {
    return clock.instant();
  }

  /** Whether a session has reached its absolute limit. */
  boolean isOver(Session session) {
    return !now().isBefore(session.begun().plus(absolute));
  }

  /** How long a session may stay unread: less than the idle limit near its absolute one. */
  Duration idle(Session session) {
    Duration left = Duration.between(now(), session.begun().plus(absolute));
    Duration shorter = left.compareTo(idle) < 0 ? left : idle;
    return shorter.compareTo(SHORTEST) < 0 ? SHORTEST : shorter;
  }
}
