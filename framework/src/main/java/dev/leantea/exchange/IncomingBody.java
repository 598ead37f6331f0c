package dev.leantea.exchange;

import dev.leantea.http.HttpException;
import dev.leantea.http.MemoryReservation;
import dev.leantea.http.RequestContent;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * A request's body between the connection's owner thread, which offers bytes, and the handler,
 * which reads them as a whole or as a stream.
 *
 * <pre>
 *  owner ── offer, end, fail ──▶ Pipe ──┬─ stream(): piece by piece
 *                                       └─ bytes():  gathered in one array, one wake-up at the end
 * </pre>
 */
public final class IncomingBody implements RequestContent {
  /** What the handler's side asks of the connection. */
  public interface Source extends Pipe.Source {
    /** The handler reads for the first time: answer {@code Expect: 100-continue}. Any thread. */
    void firstRead();
  }

  private final Source source;
  private final Pipe pipe;
  private final long declaredLength;
  private final int limit;
  private final BodyMemory memory;
  private volatile @Nullable Gathering gathering;
  private volatile Failure.@Nullable BadBody badBody;

  private volatile byte @Nullable [] whole;
  private boolean read;
  private boolean streamed;
  private volatile boolean consumed;

  /**
   * @param declaredLength the length in bytes, or -1 when it is not known
   */
  public IncomingBody(Source source, long declaredLength, Application application) {
    this.source = source;
    this.pipe = new Pipe(source);
    this.declaredLength = declaredLength;
    this.limit = application.limits().bodyInMemory();
    this.memory = new BodyMemory(application.budget());
  }

  // ---- the owner's side

  /** How many bytes may be offered now. With none, {@link ExchangeChannel#demand} follows. */
  public int room() {
    return pipe.room();
  }

  /**
   * How many bytes may be offered now. With less than half of {@link Pipe#CAPACITY}, {@link
   * ExchangeChannel#demand} follows when half is free.
   */
  public int roomOrDemand() {
    return pipe.roomOrDemand();
  }

  /**
   * Adds a copy of the bytes, as many as there is room for.
   *
   * @param coming bytes of the body that were received, these among them
   * @return how many were taken
   */
  public int offer(byte[] bytes, int from, int to, int coming) {
    return pipe.offer(bytes, from, to, coming);
  }

  /** The handler has answered and reads no more: what comes is dropped. */
  public void discard() {
    pipe.discard();
  }

  /** The exchange is broken off for lack of memory: what the body holds is freed. Any thread. */
  void free() {
    pipe.discard();
    gathering = null;
    whole = null;
  }

  /** Whether all of it was offered. */
  public boolean hasEnded() {
    return pipe.hasEnded();
  }

  /** Whether the handler has read to the end. */
  public boolean isConsumed() {
    return consumed;
  }

  /** Bytes that were offered so far, whatever became of them. */
  public long total() {
    return pipe.total();
  }

  /** Whether more bytes than these are known to belong to the body. */
  public boolean exceeds(long bytes) {
    return declaredLength > bytes || pipe.total() > bytes;
  }

  /** All of it was offered. */
  public void end() {
    pipe.end();
  }

  void fail(Failure failure) {
    pipe.fail(failure);
  }

  /** The rest cannot be read, and the client is to blame. */
  void refuse(Failure.BadBody cause) {
    badBody = cause;
    pipe.fail(cause);
  }

  /** Why the rest cannot be read; null unless the client is to blame for that. */
  Failure.@Nullable BadBody badBody() {
    return badBody;
  }

  /**
   * Gathers the whole body before a handler is called that must not wait for it. Owner thread.
   *
   * @return whether it is small enough, by its declared length
   */
  boolean collect() {
    Gathering all = newGathering();
    if (all.accepts()) {
      pipe.gather(all);
    }
    return all.accepts();
  }

  @Override
  public void requireAccepted() throws IOException {
    if (isRefused()) {
      throw refusal();
    }
    Failure.BadBody cause = badBody;
    if (cause != null) {
      throw cause.exception();
    }
  }

  /** Whether what is being gathered was refused. Any thread, once a handler was called. */
  boolean isRefused() {
    Gathering all = gathering;
    return all != null && !all.accepts();
  }

  private Gathering newGathering() {
    var all = new Gathering(memory, declaredLength, limit);
    gathering = all;
    return all;
  }

  /** Why it was refused: 413 or 503. */
  HttpException refusal() {
    Gathering all = gathering;
    if (all != null && !all.isTooLarge()) {
      return BodyMemory.exhausted();
    }
    return new HttpException(
        413, "the body is larger than this server holds in memory: at most " + limit + " bytes");
  }

  /** The exchange is over: the reserved memory is given back when no handler runs. Owner thread. */
  void release() {
    memory.letGo();
  }

  /** A handler begins: it may hold memory, even when the exchange ends meanwhile. */
  void handlerBegins() {
    memory.hold();
  }

  /** The handler has returned. */
  void handlerReturned() {
    memory.letGo();
  }

  // ---- the handler's side

  /** The whole body; waits for it. One thread at a time. */
  @Override
  public byte[] bytes() throws IOException {
    byte[] known = whole;
    if (known == null) {
      requireUnstreamed();
      known = gatherAll();
      whole = known;
    }
    return known;
  }

  private byte[] gatherAll() throws IOException {
    Gathering all = gathering;
    if (all == null) {
      all = newGathering();
      if (all.accepts()) {
        pipe.gather(all);
        beginRead();
      }
    }
    pipe.awaitGathered(all);
    if (!all.accepts()) {
      throw refusal();
    }
    consumed = true;
    return all.bytes();
  }

  /** The body as it arrives; after {@link #bytes} the same bytes again. */
  @Override
  public InputStream stream() {
    byte[] known = whole;
    if (known != null) {
      return new ByteArrayInputStream(known);
    }
    requireUnstreamed();
    if (isRefused()) {
      throw refusal();
    }
    streamed = true;
    return new PipeInput(this::take);
  }

  @Override
  public MemoryReservation reserveMemory() {
    return memory.reservation();
  }

  private Pipe.@Nullable Piece take() throws IOException {
    beginRead();
    Pipe.Piece piece = pipe.take();
    consumed |= piece == null;
    return piece;
  }

  private void requireUnstreamed() {
    if (streamed) {
      throw new IllegalStateException("body: expected one reader, but stream() was called before");
    }
  }

  private void beginRead() {
    if (!read) {
      read = true;
      source.firstRead();
    }
  }
}
