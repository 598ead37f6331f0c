package dev.leantea.reactor;

import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The sockets of an engine, found by the number that an operation of theirs carries.
 *
 * <pre>
 *  user_data  │ what, 8 bits │ generation, 24 bits │ place, 32 bits │
 *                             └──────────── a socket's id ──────────┘
 * </pre>
 *
 * <p>The generation differs each time a place is used again: a completion that comes late finds
 * nobody.
 */
final class UringSockets {
  private static final long ID_MASK = (1L << 56) - 1;
  private static final int GENERATION_MASK = (1 << 24) - 1;
  private static final int MIN_PLACES = 64;

  private @Nullable UringSocket[] sockets = new UringSocket[MIN_PLACES];

  /** Places that are free: a stack. */
  private int[] free = new int[MIN_PLACES];

  private int freeCount;
  private int used;
  private int size;
  private int generation;

  /** The id for a new socket, to be {@link #put}. */
  long nextId() {
    int place = freeCount > 0 ? free[--freeCount] : used++;
    generation = (generation + 1) & GENERATION_MASK;
    return ((long) generation << 32) | place;
  }

  void put(UringSocket socket) {
    int place = (int) socket.id;
    if (place >= sockets.length) {
      sockets = Arrays.copyOf(sockets, sockets.length * 2);
    }
    sockets[place] = socket;
    size++;
  }

  /** The socket that an operation belongs to; null when it is no more. */
  @Nullable UringSocket find(long userData) {
    int place = (int) userData;
    UringSocket socket = place < sockets.length ? sockets[place] : null;
    return socket != null && socket.id == (userData & ID_MASK) ? socket : null;
  }

  void remove(UringSocket socket) {
    int place = (int) socket.id;
    sockets[place] = null;
    size--;
    if (freeCount == free.length) {
      free = Arrays.copyOf(free, free.length * 2);
    }
    free[freeCount++] = place;
  }

  int size() {
    return size;
  }

  void forEach(Consumer<UringSocket> action) {
    for (int place = 0; place < used; place++) {
      UringSocket socket = sockets[place];
      if (socket != null) {
        action.accept(socket);
      }
    }
  }
}
