package dev.leantea.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;

class DeflationTest {
  private static final int LIMIT = 100_000;

  @Test
  void inflate_examplesOfTheRfc_areHello() throws Exception {
    // RFC 7692 §7.2.3.1, §7.2.3.3, §7.2.3.4
    assertThat(inflate("f248cdc9c90700")).isEqualTo("Hello");
    assertThat(inflate("000500faff48656c6c6f00")).isEqualTo("Hello");
    assertThat(inflate("f348cdc9c90700" + "00")).isEqualTo("Hello");
  }

  @Test
  void inflate_secondMessageOfTheRfc_refersToTheFirst() throws Exception {
    try (var inflation = new Inflation(true)) {
      assertThat(inflate(inflation, "f248cdc9c90700")).isEqualTo("Hello");
      assertThat(inflate(inflation, "f200110000")).isEqualTo("Hello"); // §7.2.3.2
    }
  }

  @Test
  void inflate_bomb_meetsTheLimit() {
    byte[] bomb = deflate(new byte[50_000_000]);
    assertThat(bomb.length).isLessThan(LIMIT);
    var out = new MessageBuffer(LIMIT);
    try (var inflation = new Inflation(true)) {
      var failure =
          catchThrowableOfType(
              WebSocketFailure.class, () -> inflation.part(bomb, 0, bomb.length, out));
      assertThat(failure.closeReason().code()).isEqualTo(CloseReason.TOO_BIG);
      assertThat(out.array().length).isLessThanOrEqualTo(LIMIT);
    }
  }

  @Test
  void inflate_exactlyTheLimit_isTaken() throws Exception {
    byte[] payload = deflate(new byte[LIMIT]);
    var out = new MessageBuffer(LIMIT);
    try (var inflation = new Inflation(true)) {
      inflation.part(payload, 0, payload.length, out);
      inflation.end(out);
    }
    assertThat(out.size()).isEqualTo(LIMIT);
  }

  @Test
  void inflate_garbage_failsAsPayload() {
    try (var inflation = new Inflation(true)) {
      byte[] garbage = HexFormat.of().parseHex("ffffffff");
      var failure =
          catchThrowableOfType(
              WebSocketFailure.class,
              () -> inflation.part(garbage, 0, garbage.length, new MessageBuffer(LIMIT)));
      assertThat(failure.closeReason().code()).isEqualTo(CloseReason.INVALID_PAYLOAD);
    }
  }

  @Test
  void deflate_smallWindow_neverLooksBackFurther() throws Exception {
    // 300 random bytes twice: a greater window would find the repetition, and the payload shrink.
    byte[] half = new byte[300];
    new Random(1).nextBytes(half);
    byte[] twice = ClientFrames.join(half, half);
    try (var wide = new Deflation(true, 15);
        var narrow = new Deflation(true, 8)) {
      assertThat(wide.deflate(twice).length).isLessThan(400);
      byte[] payload = narrow.deflate(twice);
      assertThat(payload.length).isGreaterThan(600);
      var out = new MessageBuffer(LIMIT);
      try (var inflation = new Inflation(true)) {
        inflation.part(payload, 0, payload.length, out);
        inflation.end(out);
      }
      assertThat(out.toBytes()).isEqualTo(twice);
    }
  }

  private static String inflate(String hex) throws WebSocketFailure {
    try (var inflation = new Inflation(true)) {
      return inflate(inflation, hex);
    }
  }

  private static String inflate(Inflation inflation, String hex) throws WebSocketFailure {
    byte[] payload = HexFormat.of().parseHex(hex);
    var out = new MessageBuffer(LIMIT);
    inflation.part(payload, 0, payload.length, out);
    inflation.end(out);
    return new String(out.toBytes(), StandardCharsets.US_ASCII);
  }

  private static byte[] deflate(byte[] content) {
    var deflater = new Deflater(9, true);
    deflater.setInput(content);
    var out = new ByteArrayOutputStream();
    byte[] chunk = new byte[8192];
    int count;
    do {
      count = deflater.deflate(chunk, 0, chunk.length, Deflater.SYNC_FLUSH);
      out.write(chunk, 0, count);
    } while (count == chunk.length);
    deflater.end();
    return Arrays.copyOf(out.toByteArray(), out.size() - 4);
  }
}
