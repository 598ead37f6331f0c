package dev.leantea.reactor;

import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The sockets of an engine, found by the user data of their operations.
 *
 * <pre>
 *  user_data  │ kind, 8 bits │ generation, 24 bits │ slot, 32 bits  │
 *                             └──────────── a socket's id ──────────┘
 * </pre>
 *
 * <p>The generation changes when a slot is reused, so a late completion finds no socket.
 */
final class UringSockets {
  private static final long ID_MASK = (1L << 56) - 1;
  private static final int GENERATION_MASK = (1 << 24) - 1;
  private static final int MIN_SLOTS = 64;

  private @Nullable UringSocket[] sockets = new UringSocket[MIN_SLOTS];

  /** Free slots: a stack. */
  private int[] free = new int[MIN_SLOTS];

  private int freeCount;
  private int used;
  private int size;
  private int generation;

  /** The id for a new socket, which is then {@link #put}. Without memory nothing has changed. */
  long nextId() {
    if (freeCount == 0 && used == sockets.length) {
      sockets = Arrays.copyOf(sockets, used * 2);
    }
    int slot = freeCount > 0 ? free[--freeCount] : used++;
    generation = (generation + 1) & GENERATION_MASK;
    return ((long) generation << 32) | slot;
  }

  void put(UringSocket socket) {
    int slot = (int) socket.id;
    sockets[slot] = socket;
    size++;
  }

  /** The socket that an operation belongs to; null if it was removed. */
  @Nullable UringSocket find(long userData) {
    int slot = (int) userData;
    UringSocket socket = slot < sockets.length ? sockets[slot] : null;
    return socket != null && socket.id == (userData & ID_MASK) ? socket : null;
  }

  void remove(UringSocket socket) {
    int slot = (int) socket.id;
    sockets[slot] = null;
    size--;
    if (freeCount == free.length) {
      free = Arrays.copyOf(free, free.length * 2);
    }
    free[freeCount++] = slot;
  }

  int size() {
    return size;
  }

  void forEach(Consumer<UringSocket> action) {
    for (int slot = 0; slot < used; slot++) {
      UringSocket socket = sockets[slot];
      if (socket != null) {
        action.accept(socket);
      }
    }
  }
}
