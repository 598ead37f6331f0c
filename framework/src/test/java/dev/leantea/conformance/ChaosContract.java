package dev.leantea.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/**
 * Many clients at once that do what they should not: random splits, resets, half-closes, reading
 * slowly. Whoever behaves gets exactly his own bytes. {@code -Dleantea.chaos.seed=N} repeats a run,
 * {@code -Dleantea.chaos.rounds=N} makes it longer.
 */
public abstract class ChaosContract extends ServerContract {
  private static final int CLIENTS = 24;
  private static final int ROUNDS = Integer.getInteger("leantea.chaos.rounds", 12);

  @Test
  void chaos_behavingClientsGetTheirOwnBytes() throws Exception {
    long seed = Long.getLong("leantea.chaos.seed", new Random().nextLong());
    try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<String>> outcomes = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        var random = new Random(seed + i);
        outcomes.add(clients.submit(client(random)));
      }
      for (Future<String> outcome : outcomes) {
        assertThat(outcome.get()).as("seed %d", seed).isEmpty();
      }
    }
    try (WireClient client = connect()) {
      assertThat(client.get("/health").read().text()).as("seed %d", seed).isEqualTo("ok");
    }
  }

  /** A client of several connections; the result says what went wrong, or nothing. */
  private Callable<String> client(Random random) {
    return () -> {
      for (int i = 0; i < ROUNDS; i++) {
        int kind = random.nextInt(5);
        try {
          String wrong = round(kind, random);
          if (!wrong.isEmpty()) {
            return "kind " + kind + ": " + wrong;
          }
        } catch (IOException e) {
          return "kind " + kind + ": " + e;
        }
      }
      return "";
    };
  }

  private String round(int kind, Random random) throws IOException {
    byte[] body = new byte[random.nextInt(200_000)];
    random.nextBytes(body);
    try (WireClient client = connect()) {
      return switch (kind) {
        case 0 -> resetWithin(client, random, body);
        case 1 -> closeWithoutReading(client, random, body);
        case 2 -> echo(client, random, body, true);
        default -> echo(client, random, body, false);
      };
    }
  }

  private static String resetWithin(WireClient client, Random random, byte[] body)
      throws IOException {
    client.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: " + body.length + "\r\n\r\n");
    client.send(Arrays.copyOf(body, random.nextInt(body.length + 1)));
    client.reset();
    return "";
  }

  private static String closeWithoutReading(WireClient client, Random random, byte[] body)
      throws IOException {
    for (int i = random.nextInt(20); i > 0; i--) {
      client.get("/bytes/" + body.length);
    }
    client.close();
    return "";
  }

  private static String echo(WireClient client, Random random, byte[] body, boolean halfClose)
      throws IOException {
    String path = random.nextBoolean() ? "/echo" : "/echo/stream";
    sendInPieces(client, random, request(path, body));
    if (halfClose) {
      client.shutdownOutput();
    }
    byte[] echoed = client.read().body();
    if (!Arrays.equals(echoed, body)) {
      return "expected " + body.length + " bytes of its own, got " + echoed.length + " others";
    }
    if (halfClose) {
      client.expectEnd();
    }
    return "";
  }

  private static byte[] request(String path, byte[] body) {
    byte[] head =
        ("POST " + path + " HTTP/1.1\r\nHost: a\r\nContent-Length: " + body.length + "\r\n\r\n")
            .getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    byte[] request = Arrays.copyOf(head, head.length + body.length);
    System.arraycopy(body, 0, request, head.length, body.length);
    return request;
  }

  private static void sendInPieces(WireClient client, Random random, byte[] request)
      throws IOException {
    for (int from = 0; from < request.length; ) {
      int most = random.nextInt(4) == 0 ? 20 : 20_000;
      int to = Math.min(request.length, from + 1 + random.nextInt(most));
      client.send(Arrays.copyOfRange(request, from, to));
      from = to;
    }
  }
}
