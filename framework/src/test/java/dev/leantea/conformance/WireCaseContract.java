package dev.leantea.conformance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.leantea.conformance.WireCase.Answer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every wire case over a real socket. The cuts are random; {@code -Dleantea.seed=N} repeats those
 * of a run that failed.
 */
public abstract class WireCaseContract extends ServerContract {
  private static final long SEED = Long.getLong("leantea.seed", System.nanoTime());
  private static final int ROUNDS = 3;
  private static final int MAX_CUTS = 6;

  private static final byte[] GET = bytes("GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n");
  private static final byte[] POST =
      bytes("POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nfirst");

  static List<WireCase> cases() {
    return WireCases.all();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void whole_expectedAnswer(WireCase wireCase) throws IOException {
    try (WireClient client = connect()) {
      client.send(wireCase.request());
      expectAnswers(wireCase, client);
      expectFate(wireCase, client);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void cutAtRandom_expectedAnswer(WireCase wireCase) throws IOException {
    var random = new Random(SEED ^ wireCase.name().hashCode());
    for (int round = 0; round < ROUNDS; round++) {
      int[] cuts =
          random
              .ints(1 + random.nextInt(MAX_CUTS), 0, wireCase.request().length)
              .sorted()
              .toArray();
      try (WireClient client = connect()) {
        sendCut(client, wireCase.request(), cuts);
        expectAnswers(wireCase, client);
        expectFate(wireCase, client);
      } catch (IOException | AssertionError e) {
        throw new AssertionError(
            "cut at %s, with -Dleantea.seed=%d".formatted(Arrays.toString(cuts), SEED), e);
      }
    }
  }

  private static void sendCut(WireClient client, byte[] bytes, int[] cuts) throws IOException {
    int from = 0;
    for (int cut : cuts) {
      client.send(Arrays.copyOfRange(bytes, from, cut));
      from = cut;
    }
    client.send(Arrays.copyOfRange(bytes, from, bytes.length));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void behindGoodRequests_theirAnswersAreKept(WireCase wireCase) throws IOException {
    try (WireClient client = connect()) {
      client.send(join(GET, POST, wireCase.request()));
      assertThat(client.read().text()).isEqualTo("ok");
      assertThat(client.read().text()).isEqualTo("first");
      expectAnswers(wireCase, client);
      expectFate(wireCase, client);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void beforeAGoodRequest_itIsAnsweredOnlyWhereTheConnectionGoesOn(WireCase wireCase)
      throws IOException {
    if (wireCase.halfClose()) {
      return; // nothing can stand behind the end
    }
    try (WireClient client = connect()) {
      client.send(join(wireCase.request(), GET));
      expectAnswers(wireCase, client);
      if (wireCase.open()) {
        assertThat(client.read().text()).isEqualTo("ok");
      } else {
        client.expectEnd();
      }
    }
  }

  private static void expectAnswers(WireCase wireCase, WireClient client) throws IOException {
    if (wireCase.halfClose()) {
      client.shutdownOutput();
    }
    for (Answer answer : wireCase.answers()) {
      answer.check(client.read(answer.head()));
    }
  }

  private static void expectFate(WireCase wireCase, WireClient client) throws IOException {
    if (wireCase.open() && !wireCase.halfClose()) {
      assertThat(client.send(GET).read().text()).isEqualTo("ok");
    } else {
      client.expectEnd();
    }
  }

  private static byte[] bytes(String latin1) {
    return latin1.getBytes(ISO_8859_1);
  }

  private static byte[] join(byte[]... parts) {
    var joined = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      joined.writeBytes(part);
    }
    return joined.toByteArray();
  }
}
