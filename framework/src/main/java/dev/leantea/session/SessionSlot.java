package dev.leantea.session;

import java.util.Optional;
import java.util.function.Function;

/**
 * A request's session, read when somebody asks for it: once, for a store may be far away. Any
 * thread.
 */
final class SessionSlot<S> {
  /**
   * A session that was found.
   *
   * @param cookie the value that the client sent
   */
  record Found<S>(String cookie, Session session, S value) {}

  private final Optional<String> cookie;
  private final Function<String, Optional<Found<S>>> reader;
  private boolean read;
  private Optional<Found<S>> found = Optional.empty();

  /**
   * @param cookie the value that the client sent
   */
  SessionSlot(Optional<String> cookie, Function<String, Optional<Found<S>>> reader) {
    this.cookie = cookie;
    this.reader = reader;
  }

  /** The value that the client sent, whether or not there is such a session. */
  Optional<String> cookie() {
    return cookie;
  }

  synchronized Optional<Found<S>> find() {
    if (!read) {
      found = cookie.flatMap(reader);
      read = true;
    }
    return found;
  }

  /** What was found; empty when nobody has asked. */
  synchronized Optional<Found<S>> found() {
    return found;
  }

  /** Whether somebody has asked. */
  synchronized boolean isRead() {
    return read;
  }
}
