package dev.leantea.websocket;

import static dev.leantea.websocket.ClientFrames.close;
import static dev.leantea.websocket.ClientFrames.frame;
import static dev.leantea.websocket.ClientFrames.header;
import static dev.leantea.websocket.ClientFrames.join;
import static dev.leantea.websocket.ClientFrames.ping;
import static dev.leantea.websocket.ClientFrames.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageParserTest {
  private static final int FIN = 0x80;
  private static final byte[] NONE = new byte[0];

  private static final WebSocketOptions SMALL = WebSocketOptions.DEFAULTS.withMessageLimit(1000);

  @Test
  void next_textInOneFrame_isTheMessage() throws Exception {
    assertThat(events(text("Hello"))).containsExactly("text Hello");
  }

  @Test
  void next_pingBetweenFragments_comesFirst() throws Exception {
    byte[] bytes =
        join(
            frame(Opcode.TEXT, utf8("Hel")),
            ping("are you there?"),
            frame(Opcode.CONTINUATION, utf8("l")),
            frame(FIN | Opcode.CONTINUATION, utf8("o")));
    assertThat(events(bytes)).containsExactly("ping are you there?", "text Hello");
  }

  @Test
  void next_characterCutByFragments_isPutTogether() throws Exception {
    byte[] euro = utf8("€");
    byte[] bytes =
        join(
            frame(Opcode.TEXT, new byte[] {euro[0]}),
            frame(FIN | Opcode.CONTINUATION, new byte[] {euro[1], euro[2]}));
    assertThat(events(bytes)).containsExactly("text €");
  }

  @Test
  void next_emptyFrames_areMessages() throws Exception {
    assertThat(events(join(text(""), frame(FIN | Opcode.BINARY, NONE), close(1000, "bye"))))
        .containsExactly("text ", "binary 0", "close 1000 bye");
  }

  @Test
  void next_closeWithoutCode_isNone() throws Exception {
    assertThat(events(frame(FIN | Opcode.CLOSE, NONE))).containsExactly("close 1005 ");
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Bad(String name, int code, byte[] bytes) {}

  @TestFactory
  Stream<DynamicTest> next_brokenProtocol_failsWithItsCode() {
    return Stream.concat(brokenFrames(), brokenContent())
        .map(bad -> DynamicTest.dynamicTest(bad.name(), () -> assertFails(bad)));
  }

  private static Stream<Bad> brokenFrames() {
    return Stream.of(
        new Bad("reserved opcode, before its length", 1002, new byte[] {(byte) (FIN | 3)}),
        new Bad("reserved control opcode", 1002, new byte[] {(byte) (FIN | 11)}),
        new Bad("reserved opcode, huge", 1002, header(FIN | 5, FIN | 127, 1L << 62, 8)),
        new Bad("RSV1 without deflate", 1002, frame(FIN | 0x40 | Opcode.TEXT, NONE)),
        new Bad("RSV2", 1002, frame(FIN | 0x20 | Opcode.TEXT, NONE)),
        new Bad("RSV3", 1002, frame(FIN | 0x10 | Opcode.PING, NONE)),
        new Bad("no mask", 1002, new byte[] {(byte) (FIN | Opcode.TEXT), 0}),
        new Bad("fragmented ping", 1002, frame(Opcode.PING, NONE)),
        new Bad("ping of 126", 1002, header(FIN | Opcode.PING, FIN | 126, 126, 2)),
        new Bad("continuation of nothing", 1002, frame(FIN | Opcode.CONTINUATION, NONE)),
        new Bad("text in a text", 1002, join(frame(Opcode.TEXT, NONE), text(""))),
        new Bad("16 bits for 125", 1002, header(FIN | Opcode.TEXT, FIN | 126, 125, 2)),
        new Bad("64 bits for 65535", 1002, header(FIN | Opcode.TEXT, FIN | 127, 65535, 8)),
        new Bad("length of 2^63", 1002, header(FIN | Opcode.TEXT, FIN | 127, 1L << 63, 8)),
        new Bad("frame over the limit", 1009, header(FIN | Opcode.TEXT, FIN | 126, 1001, 2)),
        new Bad("fragments over the limit", 1009, twoHalves(501)));
  }

  private static Stream<Bad> brokenContent() {
    return Stream.of(
        new Bad("close of one byte", 1002, frame(FIN | Opcode.CLOSE, new byte[1])),
        new Bad("close code 1005", 1002, frame(FIN | Opcode.CLOSE, new byte[] {3, -19})),
        new Bad("close code 1015", 1002, close(1015, "")),
        new Bad("close code 2999", 1002, close(2999, "")),
        new Bad("close code 5000", 1002, close(5000, "")),
        new Bad("close reason", 1007, frame(FIN | Opcode.CLOSE, new byte[] {3, -24, -1})),
        new Bad("surrogate", 1007, frame(Opcode.TEXT, new byte[] {-19, -96})),
        new Bad("text cut", 1007, frame(FIN | Opcode.TEXT, new byte[] {-30, -126})));
  }

  private static void assertFails(Bad bad) {
    var failure = catchThrowableOfType(WebSocketFailure.class, () -> events(bad.bytes()));
    assertThat(failure).isNotNull();
    assertThat(failure.closeReason().code()).isEqualTo(bad.code());
    failure.closeReason().requireSendable(); // its message fits a Close frame
  }

  private static byte[] twoHalves(int bytes) {
    return join(
        frame(Opcode.BINARY, new byte[bytes]), frame(FIN | Opcode.CONTINUATION, new byte[bytes]));
  }

  @Test
  void next_wrongByteInUnfinishedFrame_failsBeforeTheRestComes() {
    byte[] whole = text("x".repeat(500));
    whole[20] ^= (byte) 0xFF; // no UTF-8 any more
    byte[] part = Arrays.copyOf(whole, 30);
    var failure = catchThrowableOfType(WebSocketFailure.class, () -> events(part));
    assertThat(failure.closeReason().code()).isEqualTo(CloseReason.INVALID_PAYLOAD);
  }

  @Test
  void next_messageOfExactlyTheLimit_isTaken() throws Exception {
    assertThat(events(twoHalves(500))).containsExactly("binary 1000");
  }

  @ParameterizedTest
  @ValueSource(ints = {1000, 1001, 1002, 1003, 1007, 1011, 1014, 3000, 4999})
  void next_closeCodes_areSeen(int code) throws Exception {
    assertThat(events(close(code, ""))).containsExactly("close " + code + " ");
  }

  private static List<String> events(byte[] bytes) throws WebSocketFailure {
    try (var parser = new MessageParser(SMALL, null)) {
      parser.offer(bytes, 0, bytes.length);
      return drain(parser);
    }
  }

  static List<String> drain(MessageParser parser) throws WebSocketFailure {
    var events = new ArrayList<String>();
    for (Event event = parser.next(); event != null; event = parser.next()) {
      events.add(describe(event));
    }
    return events;
  }

  private static String describe(Event event) {
    return switch (event) {
      case Event.Data(Message.Text(String text)) -> "text " + text;
      case Event.Data(Message.Binary(byte[] bytes)) -> "binary " + bytes.length;
      case Event.Ping(byte[] payload) -> "ping " + new String(payload, StandardCharsets.UTF_8);
      case Event.Pong(byte[] payload) -> "pong " + new String(payload, StandardCharsets.UTF_8);
      case Event.Close(CloseReason(int code, String reason)) -> "close " + code + " " + reason;
    };
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
