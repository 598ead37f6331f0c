package dev.leantea.session;

import java.util.Optional;

/** Where sessions are. Any thread. */
sealed interface Keeper permits CookieKeeper, StoreKeeper {
  /** The session of a cookie's value; empty when it is forged or over. */
  Optional<Session> find(String value);

  /** Keeps a new session. Returns the cookie's value. */
  String begin(Session session);

  /**
   * Keeps what became of a session. Returns the cookie's value, which may be the same; empty when
   * the session has ended meanwhile.
   */
  Optional<String> replace(String value, Session session);

  /** Ends the session of a cookie's value, if there is one. */
  void end(String value);

  /**
   * The cookie's value for a session that was read, where that has to be another one from time to
   * time to keep the session.
   */
  Optional<String> renew(Session session);
}
