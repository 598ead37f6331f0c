package dev.leantea.loop;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.ref.Cleaner;
import java.net.SocketException;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * The life of one socket, and who uses its descriptor. Any thread.
 *
 * <pre>
 *  NEW ─ create ─▶ UNCONNECTED ─▶ CONNECTING ─▶ CONNECTED ─┐
 *                       └───────────────┴──── close ───────┴▶ CLOSING ─ no user left ─▶ CLOSED
 * </pre>
 *
 * <p>A use is one connect, read or write. A close that finds one shuts the connection down, which
 * ends whatever waits for it, by whichever means, and the last user closes the descriptor: so its
 * number cannot be another file's while a wait names it.
 */
final class SocketLife {
  private static final Logger LOG = System.getLogger("dev.leantea");
  private static final Cleaner CLEANER = Cleaner.create();

  private enum State {
    NEW,
    UNCONNECTED,
    CONNECTING,
    CONNECTED,
    CLOSING,
    CLOSED
  }

  private volatile State state = State.NEW;
  private int users;
  private @Nullable SocketChannel channel;

  /**
   * Opens the channel, which never blocks.
   *
   * @param owner once it is unreachable the channel is closed
   */
  synchronized SocketChannel create(Object owner) throws IOException {
    if (state != State.NEW) {
      throw new IOException("Already created");
    }
    SocketChannel opened = SocketChannel.open();
    opened.configureBlocking(false);
    CLEANER.register(owner, () -> closeQuietly(opened));
    channel = opened;
    state = State.UNCONNECTED;
    return opened;
  }

  /** The channel of a socket that is open. */
  synchronized SocketChannel open() throws SocketException {
    SocketChannel created = channel;
    if (created == null) {
      throw new SocketException("Socket not created");
    }
    if (!isOpen()) {
      throw new SocketException("Socket closed");
    }
    return created;
  }

  boolean isOpen() {
    return state.compareTo(State.CLOSING) < 0;
  }

  /** The channel of a socket that is open and connected. */
  synchronized SocketChannel connected() throws SocketException {
    if (state.compareTo(State.CONNECTED) < 0) {
      throw new SocketException("Not connected");
    }
    return open();
  }

  /** A connect begins; {@link #end} follows. */
  synchronized SocketChannel beginConnect() throws SocketException {
    SocketChannel created = open();
    if (state == State.CONNECTING) {
      throw new SocketException("Connection in progress");
    }
    if (state == State.CONNECTED) {
      throw new SocketException("Already connected");
    }
    state = State.CONNECTING;
    users++;
    return created;
  }

  /** A read or a write begins; {@link #end} follows. */
  synchronized SocketChannel begin() throws SocketException {
    SocketChannel used = connected();
    users++;
    return used;
  }

  /**
   * A use ends.
   *
   * @param completed whether it did what it was to do
   * @throws SocketException if it did not, and the socket was closed
   */
  synchronized void end(boolean completed) throws SocketException {
    users--;
    if (state == State.CLOSING && users == 0) {
      finish();
    }
    if (!completed && !isOpen()) {
      throw new SocketException("Socket closed");
    }
  }

  /** The connect has succeeded. Returns false if the socket was closed meanwhile. */
  synchronized boolean setConnected() {
    if (isOpen()) {
      state = State.CONNECTED;
    }
    return isOpen();
  }

  synchronized void close() {
    if (!isOpen()) {
      return;
    }
    if (channel == null) {
      state = State.CLOSED;
    } else if (users == 0) {
      finish();
    } else {
      state = State.CLOSING;
      endUses(channel);
    }
  }

  private void finish() {
    state = State.CLOSED;
    if (channel != null) {
      closeQuietly(channel);
    }
  }

  private static void endUses(SocketChannel used) {
    try {
      JdkSockets.shutdown(used);
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "shutdown failed: the peer was faster", e);
    }
  }

  private static void closeQuietly(SocketChannel gone) {
    try {
      gone.close();
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "close failed", e);
    }
  }
}
