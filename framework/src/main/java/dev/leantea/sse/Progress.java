package dev.leantea.sse;

import dev.leantea.http.Request;
import dev.leantea.topic.Numbered;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * How far one client of a broadcast on a bus is: what it has already is left out, and what it
 * missed is said. One thread.
 *
 * <pre>
 *  client connects with an id ──▶ RESUMING ── first event behind that ──▶ GOING_ON
 *  without one ──▶ NEW ── first event published since then ─────────────────┘
 * </pre>
 */
final class Progress {
  private enum State {
    NEW,
    RESUMING,
    GOING_ON
  }

  private State state;
  private long last;

  private Progress(State state, long last) {
    this.state = state;
    this.last = last;
  }

  /** Of a client that has seen the event with this id. */
  static Progress after(long id) {
    return new Progress(State.RESUMING, id);
  }

  /** Of a client that has seen nothing. */
  static Progress fresh() {
    return new Progress(State.NEW, 0);
  }

  /**
   * Of a client that has seen nothing, and begins behind an event.
   *
   * @param id of that event
   */
  static Progress behind(long id) {
    return new Progress(State.GOING_ON, id);
  }

  /** What is sent for an event; null when the client gets nothing for it. */
  byte @Nullable [] next(Numbered<byte[]> event) {
    boolean missed = state != State.NEW && event.previous() != last;
    if (isSeen(event)) {
      return null;
    }
    state = State.GOING_ON;
    long before = last;
    last = event.id();
    return missed ? joined("event: missed\ndata: " + before + "\n\n", event.item()) : event.item();
  }

  private boolean isSeen(Numbered<byte[]> event) {
    return switch (state) {
      case NEW -> event.retained();
      case RESUMING -> event.id() <= last;
      case GOING_ON -> false;
    };
  }

  /**
   * What a new client is sent first, so that it has an id to come back with; null when none is
   * known. Without data it is no event for the page.
   */
  byte @Nullable [] firstId() {
    return state == State.GOING_ON
        ? (idLine(last) + "\n").getBytes(StandardCharsets.US_ASCII)
        : null;
  }

  static String idLine(long id) {
    return "id: " + id + "\n";
  }

  /** The id that the client comes back with; empty when it has none, or one that is no bus's. */
  static OptionalLong lastId(Request request) {
    try {
      return Sse.lastEventId(request).map(Long::parseLong).stream()
          .mapToLong(id -> id)
          .filter(id -> id >= 0)
          .findFirst();
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }

  static byte[] joined(String head, byte[] tail) {
    byte[] first = head.getBytes(StandardCharsets.US_ASCII);
    byte[] all = new byte[first.length + tail.length];
    System.arraycopy(first, 0, all, 0, first.length);
    System.arraycopy(tail, 0, all, first.length, tail.length);
    return all;
  }
}
