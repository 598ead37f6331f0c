package dev.leantea.websocket;

/** What a client's frames make together. */
@SuppressWarnings("ArrayRecordComponent") // never compared
sealed interface Event {
  /** A message is complete. */
  record Data(Message message) implements Event {}

  /** The client wants a Pong with this payload. */
  record Ping(byte[] payload) implements Event {}

  /** The client answers a Ping, or says that it is alive. */
  record Pong(byte[] payload) implements Event {}

  /** The client closes. {@link CloseReason#NONE} where it gave no code. */
  record Close(CloseReason reason) implements Event {}
}
