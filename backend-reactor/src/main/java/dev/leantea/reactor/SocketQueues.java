package dev.leantea.reactor;

import dev.leantea.loop.Fifo;

/**
 * Sockets of {@link UringEngine} that wait for the end of a turn, or for a buffer. The loop's
 * thread.
 *
 * <pre>
 *  ready    receives again and has held bytes         ─▶ the end of the turn
 *  starved  its receive found no buffer of the ring   ─▶ the end of the turn: all are free again
 *  senders  has bytes and no send buffer              ─▶ a send completes
 * </pre>
 */
final class SocketQueues {
  private final SendBuffers sendBuffers;
  private final Fifo<UringSocket> ready = new Fifo<>();
  private final Fifo<UringSocket> starvedFirst = new Fifo<>();
  private final Fifo<UringSocket> starvedLater = new Fifo<>();
  private final Fifo<UringSocket> senders = new Fifo<>();

  SocketQueues(SendBuffers sendBuffers) {
    this.sendBuffers = sendBuffers;
  }

  /** Adds a socket that receives again, and holds bytes that its connection has yet to get. */
  void ready(UringSocket socket) {
    ready.add(socket);
  }

  boolean hasReady() {
    return !ready.isEmpty();
  }

  /**
   * Adds a socket whose receive found no buffer. All buffers are free again at the end of the turn;
   * a socket that has received nothing is armed first.
   *
   * @param fed whether it has received anything since it was armed
   */
  void starved(UringSocket socket, boolean fed) {
    (fed ? starvedLater : starvedFirst).add(socket);
  }

  /** Ends a turn: passes on held bytes, and arms the receives that found no buffer. */
  void endTurn() {
    for (int i = ready.size(); i > 0; i--) {
      UringSocket socket = ready.poll();
      if (socket != null) {
        socket.passHeld();
      }
    }
    armAll(starvedFirst);
    armAll(starvedLater);
  }

  private static void armAll(Fifo<UringSocket> starved) {
    for (UringSocket socket = starved.poll(); socket != null; socket = starved.poll()) {
      socket.receiveBuffersFree();
    }
  }

  /** Adds a socket that has bytes to send and got no buffer. */
  void waitForSendBuffer(UringSocket socket) {
    senders.add(socket);
  }

  boolean othersWaitForSendBuffer() {
    return !senders.isEmpty();
  }

  /** Frees a send buffer. The socket that has waited longest is served first. */
  void giveSendBuffer(int buffer) {
    sendBuffers.give(buffer);
    while (sendBuffers.free() > 0) {
      UringSocket next = senders.poll();
      if (next == null) {
        return;
      }
      next.sendBufferFree();
    }
  }
}
