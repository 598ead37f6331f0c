package dev.leantea.reactor;

import dev.leantea.server.Listeners;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/** A socket of {@link NioEngine}. One loop's thread. */
final class NioSocket implements EngineSocket {
  private static final Logger LOG = System.getLogger("dev.leantea");

  private final NioEngine engine;
  private final SocketChannel channel;
  private final SelectionKey key;
  private final SocketAddress remoteAddress;
  private Connection connection;
  private SendQueue queue;
  private boolean receiving = true;
  private boolean inputEnded;

  @SuppressWarnings(
      "NullAway.Init") // open() sets the connection, send() the queue, before any event
  NioSocket(NioEngine engine, SocketChannel channel, SelectionKey key) throws IOException {
    this.engine = engine;
    this.channel = channel;
    this.key = key;
    this.remoteAddress = Listeners.peer(channel);
  }

  void open(Loop loop, int listener) {
    key.attach(this);
    connection = loop.accepted(this, listener);
  }

  /** Handles a ready socket. An exception closes this connection and does not end the loop. */
  void handle(SelectionKey ready) {
    try {
      readAndWrite(ready);
    } catch (RuntimeException | Error e) { // memory was exhausted, or there is a bug
      connection.failed(e);
    }
  }

  private void readAndWrite(SelectionKey ready) {
    if (ready.isValid() && ready.isWritable()) {
      write();
    }
    if (ready.isValid() && ready.isReadable()) {
      read();
    }
  }

  private void read() {
    ByteBuffer buffer = engine.receiveBuffer.clear();
    int bytes;
    try {
      bytes = channel.read(buffer);
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "receive failed", e);
      connection.broken();
      return;
    }
    if (bytes < 0) {
      inputEnded = true;
      updateInterest();
      connection.endOfInput();
    } else if (bytes > 0) {
      buffer.flip().get(engine.received, 0, bytes);
      connection.received(engine.received, 0, bytes);
    }
  }

  @Override
  public void send(SendQueue pending) {
    queue = pending;
    if (!key.isValid() || (key.interestOps() & SelectionKey.OP_WRITE) == 0) {
      write(); // else the selector reports when the socket takes bytes again
    }
  }

  private void write() {
    long before = queue.size();
    try {
      boolean taken = true;
      while (taken && !queue.isEmpty()) {
        taken = queue.startsWithFile() ? queue.transferTo(channel) : writeCopy();
      }
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "send failed", e);
      connection.broken();
      return;
    }
    updateInterest();
    if (queue.size() < before) {
      connection.sent(); // else whoever flushes then would come back here at once, for ever
    }
  }

  /** Returns whether the socket accepted all copied bytes. */
  private boolean writeCopy() throws IOException {
    ByteBuffer buffer = engine.sendBuffer.clear();
    queue.copyTo(buffer);
    queue.consume(channel.write(buffer.flip()));
    return !buffer.hasRemaining();
  }

  private void updateInterest() {
    int interest =
        (receiving && !inputEnded ? SelectionKey.OP_READ : 0)
            | (queue != null && !queue.isEmpty() ? SelectionKey.OP_WRITE : 0);
    if (key.isValid() && key.interestOps() != interest) {
      key.interestOps(interest);
    }
  }

  @Override
  public void receiving(boolean on) {
    receiving = on;
    updateInterest();
  }

  @Override
  public void shutdownOutput() {
    try {
      channel.shutdownOutput();
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "shutdown failed", e);
    }
  }

  @Override
  public void close() {
    key.cancel(); // when there is no memory, a close alone may leave the descriptor open
    try {
      channel.close();
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "close failed", e);
    }
  }

  @Override
  public SocketAddress remoteAddress() {
    return remoteAddress;
  }
}
