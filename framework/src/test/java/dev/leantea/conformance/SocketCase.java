package dev.leantea.conformance;

import static dev.leantea.conformance.SocketScenes.IPV4;
import static dev.leantea.conformance.SocketScenes.SAME_AS_JDK;
import static dev.leantea.conformance.SocketScenes.address;
import static dev.leantea.conformance.SocketScenes.close;
import static dev.leantea.conformance.SocketScenes.connect;
import static dev.leantea.conformance.SocketScenes.connected;
import static dev.leantea.conformance.SocketScenes.exchange;
import static dev.leantea.conformance.SocketScenes.failure;
import static dev.leantea.conformance.SocketScenes.interrupt;
import static dev.leantea.conformance.SocketScenes.notBefore;
import static dev.leantea.conformance.SocketScenes.onceItWaits;
import static dev.leantea.conformance.SocketScenes.options;
import static dev.leantea.conformance.SocketScenes.outcome;
import static dev.leantea.conformance.SocketScenes.read;
import static dev.leantea.conformance.SocketScenes.sendAndCount;
import static dev.leantea.conformance.SocketScenes.shutdownInput;
import static dev.leantea.conformance.SocketScenes.state;
import static dev.leantea.conformance.SocketScenes.write;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What {@link Socket} promises, as scenes with a socket that is not connected yet. Each returns
 * what was seen of it: the same on each kind of thread, and the same for each kind of socket.
 */
enum SocketCase {
  ECHO(
      "abc",
      socket -> {
        try (var _ = connected(socket, SocketScenes::echo)) {
          return exchange(socket, "abc");
        }
      }),

  ECHO_OVER_IPV6(
      "abc /0:0:0:0:0:0:0:1",
      socket -> {
        try (var peer = SocketPeer.start(InetAddress.ofLiteral("::1"), SocketScenes::echo)) {
          connect(socket, peer);
          return exchange(socket, "abc") + " " + socket.getInetAddress();
        }
      }),

  MANY_BYTES_BOTH_WAYS(
      "4000000",
      socket -> {
        try (var _ = connected(socket, SocketScenes::echo)) {
          return "" + sendAndCount(socket, 4_000_000);
        }
      }),

  ADDRESSES(
      "/127.0.0.1 true true true",
      socket -> {
        try (var peer = SocketPeer.start(IPV4, SocketScenes::echo)) {
          socket.bind(new InetSocketAddress(IPV4, 0));
          int local = socket.getLocalPort();
          connect(socket, peer);
          return String.join(
              " ",
              "" + socket.getLocalAddress(),
              "" + (local > 0 && local == socket.getLocalPort()),
              "" + (socket.getPort() == peer.port()),
              "" + socket.getRemoteSocketAddress().equals(address(peer)));
        }
      }),

  CONNECT_REFUSED(
      "ConnectException: Connection refused, closed",
      socket -> {
        var gone = new ServerSocket(0, 1, IPV4);
        gone.close();
        return failure(() -> socket.connect(gone.getLocalSocketAddress())) + state(socket);
      }),

  CONNECT_UNKNOWN_HOST(
      "UnknownHostException: nowhere.invalid, closed",
      socket -> {
        var unresolved = InetSocketAddress.createUnresolved("nowhere.invalid", 80);
        return failure(() -> socket.connect(unresolved)) + state(socket);
      }),

  CONNECT_TIMES_OUT(
      "SocketTimeoutException: Connect timed out, closed, not too early",
      socket -> {
        try (var full = new FullBacklog()) {
          long start = System.nanoTime();
          String seen = failure(() -> socket.connect(full.address(), 150)) + state(socket);
          return seen + notBefore(start, 150);
        }
      }),

  CONNECT_ENDED_BY_CLOSE(
      "SocketException: Socket closed, closed",
      socket -> {
        try (var full = new FullBacklog()) {
          onceItWaits(Thread.currentThread(), _ -> close(socket));
          return failure(() -> socket.connect(full.address(), 30_000)) + state(socket);
        }
      }),

  CONNECTED_TWICE(
      "SocketException: Already connected, open",
      socket -> {
        try (var peer = connected(socket, SocketScenes::echo)) {
          return failure(() -> connect(socket, peer)) + state(socket);
        }
      }),

  READ_TIMES_OUT(
      "SocketTimeoutException: Read timed out, open, not too early, then abc",
      socket -> {
        try (var _ = connected(socket, SocketScenes::echo)) {
          socket.setSoTimeout(150);
          long start = System.nanoTime();
          String seen = failure(() -> read(socket)) + state(socket) + notBefore(start, 150);
          socket.setSoTimeout(30_000);
          return seen + ", then " + exchange(socket, "abc");
        }
      }),

  READ_ENDED_BY_CLOSE(
      "SocketException: Socket closed, closed",
      socket -> {
        try (var _ = connected(socket, SocketScenes::echo)) {
          var input = socket.getInputStream();
          onceItWaits(Thread.currentThread(), _ -> close(socket));
          return failure(input::read) + state(socket);
        }
      }),

  READ_ENDED_BY_SHUTDOWN(
      "-1, open",
      socket -> {
        try (var _ = connected(socket, SocketScenes::echo)) {
          var input = socket.getInputStream();
          onceItWaits(Thread.currentThread(), _ -> shutdownInput(socket));
          return input.read() + state(socket);
        }
      }),

  READ_AND_WRITE_AFTER_CLOSE(
      "SocketException: Socket closed SocketException: Socket closed",
      socket -> {
        try (var _ = connected(socket, SocketScenes::echo)) {
          var input = socket.getInputStream();
          var output = socket.getOutputStream();
          socket.close();
          return failure(input::read) + " " + failure(() -> output.write(1));
        }
      }),

  STREAM_CLOSED_CLOSES_SOCKET(
      ", closed",
      socket -> {
        try (var _ = connected(socket, SocketScenes::echo)) {
          socket.getOutputStream().close();
          return state(socket);
        }
      }),

  WRITE_ENDED_BY_CLOSE(
      "SocketException: Socket closed, closed",
      socket -> {
        try (var _ = connected(socket, SocketScenes::hold)) {
          var output = socket.getOutputStream();
          onceItWaits(Thread.currentThread(), _ -> close(socket));
          return failure(() -> output.write(new byte[30_000_000])) + state(socket);
        }
      }),

  HALF_CLOSE(
      "answer to abc, then -1",
      socket -> {
        try (var _ = connected(socket, SocketScenes::answerAtTheEnd)) {
          socket.getOutputStream().write("abc".getBytes(UTF_8));
          socket.shutdownOutput();
          String answer = new String(socket.getInputStream().readNBytes(13), UTF_8);
          return answer + ", then " + read(socket);
        }
      }),

  WRITE_AFTER_SHUTDOWN(
      "SocketException: Broken pipe, open",
      socket -> {
        try (var _ = connected(socket, SocketScenes::hold)) {
          var output = socket.getOutputStream();
          socket.shutdownOutput();
          return failure(() -> output.write(1)) + state(socket);
        }
      }),

  PEER_HALF_CLOSES(
      "-1 -1, then abc arrived",
      socket -> {
        var arrived = new CompletableFuture<String>();
        SocketPeer.Script script =
            connection -> {
              connection.shutdownOutput();
              arrived.complete(new String(connection.getInputStream().readNBytes(3), UTF_8));
            };
        try (var _ = connected(socket, script)) {
          String seen = read(socket) + " " + read(socket);
          socket.getOutputStream().write("abc".getBytes(UTF_8));
          return seen + ", then " + arrived.get() + " arrived";
        }
      }),

  AVAILABLE(
      "3 0 0",
      socket -> {
        try (var _ = connected(socket, SocketScenes::echo)) {
          socket.getOutputStream().write("abcd".getBytes(UTF_8));
          var input = socket.getInputStream();
          input.readNBytes(1);
          String seen = "" + input.available();
          input.readNBytes(3);
          seen += " " + input.available();
          socket.shutdownInput();
          return seen + " " + input.available();
        }
      }),

  PEER_RESETS(
      "SocketException: Connection reset SocketException: Connection reset, open",
      socket -> {
        SocketPeer.Script script =
            connection -> {
              connection.getInputStream().read();
              connection.setSoLinger(true, 0);
            };
        try (var _ = connected(socket, script)) {
          socket.getOutputStream().write(1);
          return failure(() -> read(socket)) + " " + failure(() -> read(socket)) + state(socket);
        }
      }),

  OPTIONS(
      "true true true 5 16 1234 true; then false -1 0",
      socket -> {
        socket.setTcpNoDelay(true);
        socket.setKeepAlive(true);
        socket.setReuseAddress(true);
        socket.setSoLinger(true, 5);
        socket.setTrafficClass(16);
        socket.setSoTimeout(1234);
        socket.setOOBInline(true);
        String set = options(socket);
        socket.setTcpNoDelay(false);
        socket.setSoLinger(false, 0);
        socket.setSoTimeout(0);
        return set
            + "; then "
            + String.join(
                " ",
                "" + socket.getTcpNoDelay(),
                "" + socket.getSoLinger(),
                "" + socket.getSoTimeout());
      }),

  OPTIONS_BY_NAME(
      SAME_AS_JDK,
      socket -> {
        socket.setOption(StandardSocketOptions.SO_RCVBUF, 20_000);
        socket.setSendBufferSize(30_000);
        return socket.getReceiveBufferSize()
            + " "
            + socket.getOption(StandardSocketOptions.SO_SNDBUF)
            + " "
            + socket.supportedOptions().stream()
                .map(SocketOption::name)
                .sorted()
                .collect(Collectors.joining(" "));
      }),

  URGENT_DATA(
      "7",
      socket -> {
        var arrived = new CompletableFuture<Integer>();
        SocketPeer.Script script =
            connection -> {
              connection.setOOBInline(true);
              connection.getOutputStream().write(1);
              arrived.complete(connection.getInputStream().read());
            };
        try (var _ = connected(socket, script)) {
          read(socket);
          socket.sendUrgentData(7);
          return "" + arrived.get();
        }
      }),

  READ_INTERRUPTED(
      SAME_AS_JDK,
      socket -> {
        var interrupted = new CountDownLatch(1);
        SocketPeer.Script script =
            connection -> {
              interrupted.await();
              connection.getOutputStream().write(1);
            };
        try (var _ = connected(socket, script)) {
          onceItWaits(Thread.currentThread(), reader -> interrupt(reader, interrupted));
          String seen = outcome(() -> "" + read(socket)) + state(socket);
          boolean status = Thread.interrupted();
          interrupted.await(); // before the peer loses its connection
          return seen + ", interrupted: " + status;
        }
      }),

  READ_OF_WHAT_IS_THERE_BY_AN_INTERRUPTED_THREAD(
      "b, open, interrupted: true",
      socket -> {
        try (var _ = connected(socket, SocketScenes::echo)) {
          socket.getOutputStream().write("ab".getBytes(UTF_8));
          read(socket);
          Thread.currentThread().interrupt();
          String seen = outcome(() -> Character.toString(read(socket))) + state(socket);
          return seen + ", interrupted: " + Thread.interrupted();
        }
      }),

  CONNECT_INTERRUPTED(
      SAME_AS_JDK,
      socket -> {
        try (var full = new FullBacklog()) {
          onceItWaits(Thread.currentThread(), Thread::interrupt);
          String seen = failure(() -> socket.connect(full.address(), 500)) + state(socket);
          return seen + ", interrupted: " + Thread.interrupted();
        }
      }),

  WRITE_INTERRUPTED(
      SAME_AS_JDK,
      socket -> {
        var interrupted = new CountDownLatch(1);
        SocketPeer.Script script =
            connection -> {
              interrupted.await();
              connection.getInputStream().readAllBytes();
            };
        try (var _ = connected(socket, script)) {
          onceItWaits(Thread.currentThread(), writer -> interrupt(writer, interrupted));
          String seen = outcome(() -> write(socket, 30_000_000)) + state(socket);
          boolean status = Thread.interrupted();
          interrupted.await(); // before the peer loses its connection
          return seen + ", interrupted: " + status;
        }
      }),

  TWO_READERS(
      "[97, 98]",
      socket -> {
        try (var _ = connected(socket, SocketScenes::echo)) {
          var other = new FutureTask<>(() -> read(socket));
          Thread.ofPlatform().start(other);
          socket.getOutputStream().write("ab".getBytes(UTF_8));
          return "" + Stream.of(read(socket), other.get()).sorted().toList();
        }
      });

  /** What happens, and what is seen of it. */
  interface Scene {
    String play(Socket socket) throws Exception;
  }

  private final String expected;

  @SuppressWarnings("ImmutableEnumChecker")
  private final Scene scene; // a lambda that captures nothing

  SocketCase(String expected, Scene scene) {
    this.expected = expected;
    this.scene = scene;
  }

  /** Plays the scene on the calling thread. */
  String run(Socket socket) throws Exception {
    return scene.play(socket);
  }

  /** What it shows; empty where the JDK's sockets say it, on the same kind of thread. */
  Optional<String> expected() {
    return expected.equals(SAME_AS_JDK) ? Optional.empty() : Optional.of(expected);
  }
}
