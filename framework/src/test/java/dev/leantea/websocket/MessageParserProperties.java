package dev.leantea.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;

class MessageParserProperties {
  private static final DeflateParameters DEFLATE = new DeflateParameters(false, false, 15, false);

  @Property(tries = 300)
  void messages_cutToAnyFragmentsAndAnyReads_areTheSame(
      @ForAll @Size(max = 8) List<String> texts, @ForAll long seed) throws Exception {
    var random = new Random(seed);
    List<String> sent = texts.stream().map(MessageParserProperties::encodable).toList();
    byte[] bytes = new byte[0];
    for (String text : sent) {
      bytes = ClientFrames.join(bytes, fragments(utf8(text), 0, random));
    }
    assertThat(received(bytes, random, null)).isEqualTo(sent);
  }

  @Property(tries = 300)
  void messages_deflatedAndCut_areTheSame(
      @ForAll @Size(max = 8) List<String> texts,
      @ForAll boolean keepsContext,
      @ForAll @IntRange(min = 8, max = 15) int windowBits,
      @ForAll long seed)
      throws Exception {
    var random = new Random(seed);
    List<String> sent = texts.stream().map(text -> encodable(text).repeat(20)).toList();
    byte[] bytes = new byte[0];
    try (var deflation = new Deflation(keepsContext, windowBits)) {
      for (String text : sent) {
        byte[] payload = deflation.deflate(utf8(text));
        bytes = ClientFrames.join(bytes, fragments(payload, 0x40, random));
      }
    }
    assertThat(received(bytes, random, DEFLATE)).isEqualTo(sent);
  }

  /** Whatever comes, the parser ends with events or with a failure. */
  @Property(tries = 1000)
  void next_anyBytes_fails_orWaits(@ForAll byte[] bytes, @ForAll boolean deflate) {
    try (var parser = new MessageParser(WebSocketOptions.DEFAULTS, deflate ? DEFLATE : null)) {
      parser.offer(bytes.clone(), 0, bytes.length);
      MessageParserTest.drain(parser);
    } catch (WebSocketFailure e) {
      assertThat(CloseReason.mayBeSent(e.closeReason().code())).isTrue();
    }
  }

  @Property(tries = 2000)
  void utf8Validator_anyBytesCutAnywhere_agreesWithTheJdk(
      @ForAll @Size(max = 12) byte[] bytes, @ForAll @IntRange(max = 12) int cut) {
    int at = Math.min(cut, bytes.length);
    var validator = new Utf8Validator();
    boolean valid =
        validator.accepts(bytes, 0, at)
            && validator.accepts(bytes, at, bytes.length)
            && validator.isComplete();
    assertThat(valid).isEqualTo(isUtf8(bytes));
  }

  @Property(tries = 300)
  void utf8Validator_anyText_accepts(@ForAll String text) {
    byte[] bytes = utf8(encodable(text));
    var validator = new Utf8Validator();
    assertThat(validator.accepts(bytes, 0, bytes.length) && validator.isComplete()).isTrue();
  }

  private static boolean isUtf8(byte[] bytes) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  private static byte[] fragments(byte[] payload, int rsv, Random random) {
    byte[] bytes = new byte[0];
    int at = 0;
    int first = Opcode.TEXT | rsv;
    while (random.nextInt(3) > 0) {
      int to = at + random.nextInt(payload.length - at + 1);
      byte[] frame = ClientFrames.frame(first, Arrays.copyOfRange(payload, at, to));
      bytes = ClientFrames.join(bytes, frame, ClientFrames.ping("x"));
      at = to;
      first = Opcode.CONTINUATION;
    }
    byte[] last = Arrays.copyOfRange(payload, at, payload.length);
    return ClientFrames.join(bytes, ClientFrames.frame(0x80 | first, last));
  }

  private static List<String> received(
      byte[] bytes, Random random, @Nullable DeflateParameters deflate) throws WebSocketFailure {
    var texts = new ArrayList<String>();
    try (var parser = new MessageParser(WebSocketOptions.DEFAULTS, deflate)) {
      for (int at = 0; at < bytes.length; ) {
        int to = Math.min(bytes.length, at + 1 + random.nextInt(40));
        parser.offer(bytes, at, to);
        at = to;
        for (Event event = parser.next(); event != null; event = parser.next()) {
          if (event instanceof Event.Data(Message.Text(String text))) {
            texts.add(text);
          }
        }
      }
    }
    return texts;
  }

  /** An unpaired surrogate has no UTF-8. */
  private static String encodable(String text) {
    return new String(utf8(text), StandardCharsets.UTF_8);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
