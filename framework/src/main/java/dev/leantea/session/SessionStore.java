package dev.leantea.session;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Keeps sessions on the server's side, for {@link Sessions#inStore}. Called by handlers' threads,
 * concurrently; may block, unless handlers that use the sessions were declared {@code nonBlocking}.
 *
 * <p>An id is a hash of what the client has: whoever reads the store cannot take over a session.
 * Failures are thrown, and answered with 500; a store must not answer a failure with "no such
 * session" in {@link #remove}.
 */
public interface SessionStore {
  /**
   * The content of a session, which is then kept for {@code idle} from now on. Empty when there is
   * none, or when it was not asked for in time.
   */
  Optional<byte[]> find(String id, Duration idle);

  /** Keeps a new session until it was not asked for during {@code idle}. */
  void create(String id, byte[] content, Duration idle);

  /**
   * Replaces the content of a session that there is, and keeps it for {@code idle} from now on.
   * Never creates one: a session that another request has just ended must stay ended.
   *
   * @return whether there was one
   */
  boolean replace(String id, byte[] content, Duration idle);

  /** Ends a session, if there is one. */
  void remove(String id);

  /**
   * A store in this server's memory: sessions are lost when it stops. It never blocks.
   *
   * @param maxSessions above which those are removed that were not used for the longest time
   * @throws IllegalArgumentException when it is not positive
   */
  static SessionStore inMemory(int maxSessions) {
    return new MemorySessions(maxSessions, InstantSource.system());
  }
}
