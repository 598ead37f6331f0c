package dev.leantea.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** What the scenes of {@link SocketCase} are made of. */
final class SocketScenes {
  static final InetAddress IPV4 = InetAddress.getLoopbackAddress();

  /** What a scene shows is up to the JDK, and to the kind of thread. */
  static final String SAME_AS_JDK = "the same as the JDK";

  private static final int CONNECT_MILLIS = 30_000;

  private SocketScenes() {}

  /** Something that fails. */
  interface Failing {
    void run() throws Exception;
  }

  // ---- what the peer does

  static void echo(Socket connection) throws IOException {
    connection.getInputStream().transferTo(connection.getOutputStream());
  }

  /** Reads nothing until the test is over. */
  static void hold(Socket connection) throws InterruptedException {
    new CountDownLatch(1).await();
    throw new IllegalStateException("not reached: " + connection);
  }

  static void answerAtTheEnd(Socket connection) throws IOException {
    String all = new String(connection.getInputStream().readAllBytes(), UTF_8);
    connection.getOutputStream().write(("answer to " + all).getBytes(UTF_8));
  }

  // ---- what the socket does

  static InetSocketAddress address(SocketPeer peer) {
    return new InetSocketAddress(peer.address(), peer.port());
  }

  static void connect(Socket socket, SocketPeer peer) throws IOException {
    socket.connect(address(peer), CONNECT_MILLIS);
  }

  /** Starts a peer, and connects to it. */
  static SocketPeer connected(Socket socket, SocketPeer.Script script) throws IOException {
    SocketPeer peer = SocketPeer.start(IPV4, script);
    connect(socket, peer);
    return peer;
  }

  static int read(Socket socket) throws IOException {
    return socket.getInputStream().read();
  }

  static String write(Socket socket, int count) throws IOException {
    socket.getOutputStream().write(new byte[count]);
    return "written";
  }

  static String exchange(Socket socket, String text) throws IOException {
    byte[] bytes = text.getBytes(UTF_8);
    socket.getOutputStream().write(bytes);
    return new String(socket.getInputStream().readNBytes(bytes.length), UTF_8);
  }

  /** Sends from another thread while this one receives. Counts the bytes that came back right. */
  static int sendAndCount(Socket socket, int count) throws Exception {
    byte[] sent = new byte[count];
    for (int i = 0; i < count; i++) {
      sent[i] = (byte) ((i * 31) >> 3);
    }
    var sending = new FutureTask<>(() -> writeAll(socket, sent));
    Thread.ofVirtual().start(sending);
    InputStream input = socket.getInputStream();
    byte[] piece = new byte[10_000];
    int right = 0;
    for (int n = input.read(piece); n > 0; n = input.read(piece)) {
      for (int i = 0; i < n && piece[i] == sent[right]; i++) {
        right++;
      }
    }
    sending.get();
    return right;
  }

  private static boolean writeAll(Socket socket, byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.shutdownOutput();
    return true;
  }

  static String options(Socket socket) throws IOException {
    return String.join(
        " ",
        "" + socket.getTcpNoDelay(),
        "" + socket.getKeepAlive(),
        "" + socket.getReuseAddress(),
        "" + socket.getSoLinger(),
        "" + socket.getTrafficClass(),
        "" + socket.getSoTimeout(),
        "" + socket.getOOBInline());
  }

  // ---- what others do to it

  /** Does something on another thread as soon as a thread waits for its socket. */
  static void onceItWaits(Thread waiter, Consumer<Thread> action) {
    Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              while (!waitsForSocket(waiter)) {
                Thread.onSpinWait();
              }
              action.accept(waiter);
            });
  }

  /** On a platform thread a call of the system waits, else the thread is parked. */
  private static boolean waitsForSocket(Thread thread) {
    StackTraceElement[] stack = thread.getStackTrace();
    if (thread.isVirtual()) {
      return isWaiting(thread.getState()) && isWithinSocket(stack);
    }
    return stack.length > 0 && stack[0].isNativeMethod() && isWithinSocket(stack);
  }

  private static boolean isWaiting(Thread.State state) {
    return state == Thread.State.WAITING || state == Thread.State.TIMED_WAITING;
  }

  private static boolean isWithinSocket(StackTraceElement[] stack) {
    for (StackTraceElement frame : stack) {
      if (frame.getClassName().equals("java.net.Socket")
          || frame.getClassName().startsWith("java.net.Socket$")) {
        return true;
      }
    }
    return false;
  }

  /** Connects to a peer. Returns the caller's stack while it waited for the peer. */
  static String stackOfAWait(Socket socket) throws IOException {
    try (socket;
        var _ = connected(socket, SocketScenes::echo)) {
      return stackOfAnEcho(socket);
    }
  }

  /** Waits for a byte that the peer echoes once this thread waits. Returns its stack then. */
  static String stackOfAnEcho(Socket socket) throws IOException {
    var stack = new CompletableFuture<String>();
    onceItWaits(
        Thread.currentThread(),
        reader -> {
          stack.complete(Arrays.toString(reader.getStackTrace()));
          unchecked(() -> socket.getOutputStream().write('a'));
        });
    return read(socket) == 'a' ? stack.join() : "another answer";
  }

  static void close(Socket socket) {
    unchecked(socket::close);
  }

  static void shutdownInput(Socket socket) {
    unchecked(socket::shutdownInput);
  }

  /** An interrupt, of which others wait to know. */
  static void interrupt(Thread thread, CountDownLatch interrupted) {
    thread.interrupt();
    interrupted.countDown();
  }

  private static void unchecked(Failing action) {
    try {
      action.run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  // ---- what is seen

  static String failure(Failing action) {
    return outcome(
        () -> {
          action.run();
          return "no failure";
        });
  }

  static String outcome(Callable<String> action) {
    try {
      return action.call();
    } catch (Exception e) {
      return e.getClass().getSimpleName() + ": " + e.getMessage();
    }
  }

  static String state(Socket socket) {
    return socket.isClosed() ? ", closed" : ", open";
  }

  static String notBefore(long startNanos, int millis) {
    long passed = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos);
    boolean inTime = passed >= millis * 9L / 10; // the system's clocks differ a little
    return inTime ? ", not too early" : ", after " + passed + " ms";
  }
}
