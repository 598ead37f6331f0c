package dev.leantea.reactor;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import java.util.concurrent.TimeUnit;

/**
 * An io_uring: two rings of entries in memory that the kernel shares.
 *
 * <pre>
 *  submissions   we write at the tail ─▶ │░░▓▓▓▓░░│ ─▶ the kernel reads at the head, within enter
 *  completions   the kernel writes at the tail, within enter ─▶ │░░▓▓▓▓░░│ ─▶ we read at the head
 * </pre>
 *
 * <ol>
 *   <li>Created on any thread, disabled: operations do not run yet, but errors of the setup are
 *       known.
 *   <li>{@link #enable} is called by the thread that uses it from then on: the kernel allows one
 *       issuer.
 *   <li>{@link #put} writes an entry, {@link #enter} submits all and waits, {@link #process}
 *       reports the completions.
 *   <li>{@link #close} cancels the operations in flight, asynchronously: see there.
 * </ol>
 *
 * <p>Memory order: an index that the kernel reads is written with release, so that the entries are
 * visible before the index; one that the kernel writes is read with acquire. With {@code
 * DEFER_TASKRUN} completions are only written while this thread is in {@link #enter}.
 */
final class Ring implements AutoCloseable {
  /** Receives the completions. */
  interface Completions {
    /**
     * One operation completed, or a multishot operation had one of its results.
     *
     * @param result not negative, or the negated error number
     * @param flags {@code CQE_…}
     */
    void completed(long userData, int result, int flags);
  }

  private static final int FLAGS =
      Abi.SETUP_CQSIZE
          | Abi.SETUP_R_DISABLED
          | Abi.SETUP_SUBMIT_ALL
          | Abi.SETUP_SINGLE_ISSUER
          | Abi.SETUP_DEFER_TASKRUN;

  private static final int FEATURES =
      Abi.FEAT_SINGLE_MMAP
          | Abi.FEAT_NODROP
          | Abi.FEAT_FAST_POLL
          | Abi.FEAT_EXT_ARG
          | Abi.FEAT_CQE_SKIP;

  /** Maximum attempts to submit while the kernel has no memory for requests. */
  private static final int MAX_RETRIES = 1000;

  private static final long NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final VarHandle INT = JAVA_INT.varHandle();

  private final Native libc;
  private final int descriptor;
  private final MemorySegment rings;
  private final MemorySegment submissions;
  private final MemorySegment wait;
  private final int entries;
  private final long submissionHead;
  private final long submissionTail;
  private final int submissionMask;
  private final long completionHead;
  private final long completionTail;
  private final int completionMask;
  private final long completionsFrom;
  private int enterFlags = Abi.ENTER_GETEVENTS | Abi.ENTER_EXT_ARG;
  private int enterDescriptor;

  /** Index of the next entry; published to the kernel by {@link #enter}. */
  private int tail;

  /** Entries that the kernel had consumed at the last {@link #enter}. */
  private int submitted;

  private int head;
  private long waitNanos = -1;

  /**
   * Sets up a disabled ring.
   *
   * @param entries a power of two
   * @param completions a power of two, at least {@code entries}
   * @throws ErrnoException when the kernel refuses, or lacks a feature (EINVAL)
   */
  Ring(Native libc, Arena arena, int entries, int completions) throws ErrnoException {
    this.libc = libc;
    MemorySegment params = arena.allocate(Abi.PARAMS_BYTES, Long.BYTES);
    this.descriptor = setUp(libc, params, entries, completions);
    this.enterDescriptor = descriptor;
    try {
      this.entries = params.get(JAVA_INT, Abi.PARAMS_SQ_ENTRIES);
      this.submissionHead = unsigned(params, Abi.PARAMS_SQ_HEAD);
      this.submissionTail = unsigned(params, Abi.PARAMS_SQ_TAIL);
      this.completionHead = unsigned(params, Abi.PARAMS_CQ_HEAD);
      this.completionTail = unsigned(params, Abi.PARAMS_CQ_TAIL);
      this.completionsFrom = unsigned(params, Abi.PARAMS_CQ_CQES);
      this.rings = libc.mapShared(arena, descriptor, Abi.OFF_RINGS, ringsBytes(params));
      this.submissions =
          libc.mapShared(
              arena, descriptor, Abi.OFF_SUBMISSIONS, (long) this.entries * Abi.SUBMISSION_BYTES);
      this.submissionMask = rings.get(JAVA_INT, unsigned(params, Abi.PARAMS_SQ_MASK));
      this.completionMask = rings.get(JAVA_INT, unsigned(params, Abi.PARAMS_CQ_MASK));
      fillArray(params);
      this.wait = waitArgument(arena);
    } catch (ErrnoException e) {
      libc.close(descriptor);
      throw e;
    }
  }

  /** The argument of {@link #enter}, followed by the time that it refers to. */
  private static MemorySegment waitArgument(Arena arena) {
    MemorySegment wait = arena.allocate(Abi.WAIT_BYTES + Abi.TIMESPEC_BYTES, Long.BYTES);
    wait.set(JAVA_LONG, Abi.WAIT_TIMESPEC, wait.address() + Abi.WAIT_BYTES);
    return wait;
  }

  private static int setUp(Native libc, MemorySegment params, int entries, int completions)
      throws ErrnoException {
    int descriptor = setUp(libc, params, entries, completions, FLAGS | Abi.SETUP_NO_SQARRAY);
    if (descriptor == -Errno.EINVAL) {
      descriptor = setUp(libc, params, entries, completions, FLAGS); // before Linux 6.6
    }
    ErrnoException.check("io_uring_setup", descriptor);
    if ((params.get(JAVA_INT, Abi.PARAMS_FEATURES) & FEATURES) != FEATURES) {
      libc.close(descriptor);
      throw new ErrnoException("io_uring_setup: a feature is missing", -Errno.EINVAL);
    }
    return descriptor;
  }

  private static int setUp(
      Native libc, MemorySegment params, int entries, int completions, int flags) {
    params.fill((byte) 0);
    params.set(JAVA_INT, Abi.PARAMS_FLAGS, flags);
    params.set(JAVA_INT, Abi.PARAMS_CQ_ENTRIES, completions);
    return libc.ioUringSetup(entries, params);
  }

  private static long unsigned(MemorySegment params, int offset) {
    return Integer.toUnsignedLong(params.get(JAVA_INT, offset));
  }

  private static boolean hasArray(MemorySegment params) {
    return (params.get(JAVA_INT, Abi.PARAMS_FLAGS) & Abi.SETUP_NO_SQARRAY) == 0;
  }

  private long ringsBytes(MemorySegment params) {
    long completions = unsigned(params, Abi.PARAMS_CQ_ENTRIES);
    long bytes = completionsFrom + completions * Abi.COMPLETION_BYTES;
    return hasArray(params)
        ? Math.max(bytes, unsigned(params, Abi.PARAMS_SQ_ARRAY) + (long) entries * Integer.BYTES)
        : bytes;
  }

  /** Older kernels find the entries through an array of indexes; its element n is always n. */
  private void fillArray(MemorySegment params) {
    if (hasArray(params)) {
      long array = unsigned(params, Abi.PARAMS_SQ_ARRAY);
      for (int i = 0; i < entries; i++) {
        rings.set(JAVA_INT, array + (long) i * Integer.BYTES, i);
      }
    }
  }

  int descriptor() {
    return descriptor;
  }

  /** Makes the calling thread the ring's only user. */
  void enable(Arena arena) throws ErrnoException {
    ErrnoException.check(
        "io_uring_register: enable",
        libc.ioUringRegister(descriptor, Abi.REGISTER_ENABLE_RINGS, 0, 0));
    registerDescriptor(arena);
  }

  /** Spares the kernel a look-up in each {@link #enter}; where it can not, nothing is lost. */
  private void registerDescriptor(Arena arena) {
    MemorySegment update = arena.allocate(Abi.RSRC_UPDATE_BYTES, Long.BYTES);
    update.set(JAVA_INT, 0, -1); // any place
    update.set(JAVA_LONG, 8, descriptor);
    if (libc.ioUringRegister(descriptor, Abi.REGISTER_RING_FDS, update.address(), 1) == 1) {
      enterDescriptor = update.get(JAVA_INT, 0);
      enterFlags |= Abi.ENTER_REGISTERED_RING;
    }
  }

  // ---- submissions

  /**
   * Writes an entry; the kernel sees it at the next {@link #enter}.
   *
   * @param operation opcode, flags and ioprio: see {@link #operation}
   */
  void put(
      long operation,
      int on,
      long offset,
      long address,
      int length,
      int operationFlags,
      long userData,
      int bufferGroup) {
    if (tail - submitted == entries) {
      makeRoom();
    }
    long at = (long) (tail & submissionMask) * Abi.SUBMISSION_BYTES;
    MemorySegment entry = submissions;
    entry.set(JAVA_LONG, at, operation | ((long) on << 32));
    entry.set(JAVA_LONG, at + 8, offset);
    entry.set(JAVA_LONG, at + 16, address);
    entry.set(JAVA_LONG, at + 24, Integer.toUnsignedLong(length) | ((long) operationFlags << 32));
    entry.set(JAVA_LONG, at + 32, userData);
    entry.set(JAVA_LONG, at + 40, bufferGroup);
    entry.set(JAVA_LONG, at + 48, 0);
    entry.set(JAVA_LONG, at + 56, 0);
    tail++;
  }

  /** The first four bytes of an entry. */
  static long operation(int opcode, int flags, int ioprio) {
    return opcode | (flags << 8) | ((long) ioprio << 16);
  }

  /** Number of entries that the kernel has not consumed yet. */
  int unsubmitted() {
    return tail - submitted;
  }

  /** Submits because the ring is full within a turn; completions are not processed. */
  private void makeRoom() {
    for (int i = 0; i < MAX_RETRIES; i++) {
      int result = submit(0, 0, 0, 0);
      if (tail - submitted < entries) {
        return;
      }
      if (result != -Errno.EAGAIN && result != -Errno.EBUSY && result != -Errno.EINTR) {
        throw new IllegalStateException("io_uring: cannot submit: " + Errno.text(-result));
      }
      submit(0, enterFlags, wait.address(), Abi.WAIT_BYTES); // lets the kernel complete operations
    }
    throw new IllegalStateException("io_uring: the kernel consumes no entries");
  }

  private int submit(int minComplete, int flags, long argument, int bytes) {
    INT.setRelease(rings, submissionTail, tail);
    int all = flags | (enterFlags & Abi.ENTER_REGISTERED_RING);
    int result =
        libc.ioUringEnter(enterDescriptor, tail - submitted, minComplete, all, argument, bytes);
    submitted = (int) INT.getAcquire(rings, submissionHead);
    return result;
  }

  /**
   * Submits all entries, and waits.
   *
   * @param minComplete number of completions to wait for; 0 returns at once
   * @param nanos maximum time to wait
   */
  void enter(int minComplete, long nanos) throws ErrnoException {
    if (minComplete > 0 && nanos != waitNanos) {
      setWait(nanos);
    }
    int result = submit(minComplete, enterFlags, wait.address(), Abi.WAIT_BYTES);
    if (result < 0 && !isPassing(-result)) {
      throw new ErrnoException("io_uring_enter", result);
    }
  }

  private void setWait(long nanos) {
    wait.set(JAVA_LONG, Abi.WAIT_BYTES, nanos / NANOS_PER_SECOND);
    wait.set(JAVA_LONG, Abi.WAIT_BYTES + Long.BYTES, nanos % NANOS_PER_SECOND);
    waitNanos = nanos;
  }

  /** Timeouts, signals and a busy kernel are no failures: the next turn tries again. */
  private static boolean isPassing(int errno) {
    return errno == Errno.ETIME
        || errno == Errno.EINTR
        || errno == Errno.EAGAIN
        || errno == Errno.EBUSY;
  }

  // ---- completions

  /**
   * Reports the completions. The kernel keeps those that do not fit into the ring until the next
   * {@link #enter}; none is lost ({@code FEAT_NODROP}), and a multishot operation that finds the
   * ring full ends.
   */
  void process(Completions target) {
    int end = (int) INT.getAcquire(rings, completionTail);
    while (head != end) {
      long at = completionsFrom + (long) (head & completionMask) * Abi.COMPLETION_BYTES;
      long userData = rings.get(JAVA_LONG, at);
      int result = rings.get(JAVA_INT, at + 8);
      int flags = rings.get(JAVA_INT, at + 12);
      head++;
      INT.setRelease(rings, completionHead, head); // the kernel may overwrite the entry
      target.completed(userData, result, flags);
    }
  }

  /**
   * Closes the descriptor. The kernel cancels operations in flight later, so the owner of their
   * buffers must wait for them to end before it closes the ring.
   */
  @Override
  public void close() {
    libc.close(descriptor);
  }
}
