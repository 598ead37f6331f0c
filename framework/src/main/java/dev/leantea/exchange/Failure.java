package dev.leantea.exchange;

import dev.leantea.http.ClientGoneException;
import dev.leantea.http.RequestBodyException;
import java.io.IOException;

/**
 * Why a body or a connection can give no more. It is kept in place of an exception, for each thread
 * that meets it throws one of its own: an exception object that is thrown twice gathers suppressed
 * exceptions of unrelated calls, itself among them.
 */
sealed interface Failure {
  /** The client is gone, or was disconnected. */
  record PeerGone(String message) implements Failure {
    private static final PeerGone WITHOUT_REASON = new PeerGone("the connection has ended");

    /** The failure; without its reason when there is no memory. */
    static PeerGone of(String reason) {
      try {
        return new PeerGone(reason);
      } catch (OutOfMemoryError _) {
        return WITHOUT_REASON;
      }
    }

    @Override
    public IOException exception() {
      return new ClientGoneException(message);
    }
  }

  /** The request's body cannot be read any further, and the client is to blame. */
  record BadBody(int status, String message) implements Failure {
    @Override
    public IOException exception() {
      return new RequestBodyException(status, message);
    }
  }

  /** A new exception that says so. */
  IOException exception();

  /**
   * A new exception, after other threads had their turn: a writer that ignores the exception and
   * goes on must cost its event loop no more than one that blocks. No lock is held.
   */
  @SuppressWarnings("ThreadPriorityCheck") // the yield is the point
  default IOException afterYield() {
    Thread.yield();
    return exception();
  }
}
