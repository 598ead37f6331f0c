package dev.leantea.http2;

import dev.leantea.wire.FileSlice;
import dev.leantea.wire.Wire;
import java.util.ArrayDeque;

/**
 * The part of a response's body that was handed over and not yet sent, because the client's windows
 * or its socket are full. One owner thread.
 *
 * <pre>
 *  add, add … ─▶ pieces ─▶ write: one DATA frame at a time
 *  end, abort ─▶ what follows the last piece: END_STREAM, or RST_STREAM
 * </pre>
 */
final class Outgoing {
  /** What follows the last piece. */
  enum Ending {
    /** The body goes on. */
    OPEN,
    /** END_STREAM: the body is complete. */
    END_STREAM,
    /** RST_STREAM: the body broke off. */
    RESET
  }

  /** A part of the body. */
  private sealed interface Piece {
    /** Number of bytes not yet sent. */
    int left();

    /** Queues the next bytes on the wire. */
    void send(Wire wire, int count);

    /** The rest will not be sent. */
    void discard();
  }

  private static final class ArrayPiece implements Piece {
    private final byte[] bytes;
    private int at;

    ArrayPiece(byte[] bytes, int at) {
      this.bytes = bytes;
      this.at = at;
    }

    @Override
    public int left() {
      return bytes.length - at;
    }

    @Override
    public void send(Wire wire, int count) {
      if (count == bytes.length) {
        wire.sendWhole(bytes);
      } else {
        wire.send(bytes, at, at + count);
      }
      at += count;
    }

    @Override
    public void discard() {}
  }

  private static final class FilePiece implements Piece {
    private final FileSlice slice;
    private int at;

    FilePiece(FileSlice slice) {
      this.slice = slice;
    }

    @Override
    public int left() {
      return slice.count() - at;
    }

    @Override
    public void send(Wire wire, int count) {
      wire.sendFile(slice.part(at, count));
      at += count;
      if (left() == 0) {
        slice.close(); // the parts hold the file open until they are sent
      }
    }

    @Override
    public void discard() {
      slice.close();
    }
  }

  private final ArrayDeque<Piece> pieces = new ArrayDeque<>(4);
  private long size;
  private Ending ending = Ending.OPEN;

  /** Number of bytes not yet sent. */
  long size() {
    return size;
  }

  Ending ending() {
    return ending;
  }

  /** Adds bytes from an index on, which are not changed any more. */
  void add(byte[] bytes, int from) {
    if (from < bytes.length) {
      pieces.add(new ArrayPiece(bytes, from));
      size += bytes.length - from;
    }
  }

  /** Adds a part of a file, and closes it when it was sent or never will be. */
  void add(FileSlice slice) {
    if (slice.count() > 0) {
      pieces.add(new FilePiece(slice));
      size += slice.count();
    } else {
      slice.close();
    }
  }

  /** Nothing is added any more. */
  void end(Ending how) {
    ending = how;
  }

  /**
   * Sends a DATA frame, with END_STREAM if it is the last one.
   *
   * @param max number of bytes of content
   * @return how many were sent
   */
  int write(FrameWriter frames, Wire wire, int streamId, int max) {
    int count = (int) Math.min(max, size);
    size -= count;
    frames.dataHeader(streamId, count, size == 0 && ending == Ending.END_STREAM);
    for (int left = count; left > 0; ) {
      Piece piece = pieces.getFirst();
      int some = Math.min(left, piece.left());
      piece.send(wire, some);
      if (piece.left() == 0) {
        pieces.removeFirst();
      }
      left -= some;
    }
    return count;
  }

  /** The rest will not be sent. */
  void discard() {
    pieces.forEach(Piece::discard);
    pieces.clear();
    size = 0;
  }
}
