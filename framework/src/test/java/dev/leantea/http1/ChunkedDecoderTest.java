package dev.leantea.http1;

import static dev.leantea.http1.Heads.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.leantea.exchange.BodySource;
import dev.leantea.exchange.IncomingBody;
import dev.leantea.http.Limits;
import dev.leantea.http1.ProtocolException.Reason;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChunkedDecoderTest {
  private final IncomingBody body = new BodySource().body(-1, 1_000_000);
  private final ChunkedDecoder decoder = decoder(Limits.DEFAULTS);

  private static ChunkedDecoder decoder(Limits limits) {
    return new ChunkedDecoder(limits, new int[limits.fieldCount() + 1]);
  }

  private boolean decode(String chunks) throws ProtocolException {
    return decoder.decode(Heads.buffer(chunks), body);
  }

  private String decoded() throws IOException {
    body.end();
    return Bytes.latin1(body.bytes(), 0, body.bytes().length);
  }

  @Test
  void decode_chunks_joined() throws IOException {
    ReceiveBuffer in = Heads.buffer("5\r\nhello\r\n06;a=\"b\"\r\n world\r\n0\r\nT: 1\r\n\r\nGET");
    assertThat(decoder.decode(in, body)).isTrue();
    assertThat(decoded()).isEqualTo("hello world");
    assertThat(in.size()).isEqualTo(3);
  }

  @Test
  void decode_mixedPlainAndExtendedAndCut_joined() throws IOException {
    ReceiveBuffer in = Heads.buffer("3\r\nabc\r\n000002\r\nde\r\n1;x\r\nf\r\n2\r\ng");
    assertThat(decoder.decode(in, body)).isFalse();
    assertThat(in.isEmpty()).isTrue();
    assertThat(decode("h\r\n1\r\ni\r\n0\r\n\r\n")).isTrue();
    assertThat(decoded()).isEqualTo("abcdefghi");
  }

  @Test
  void decode_plainSizeOfTooManyDigits_refused() {
    assertRefused(Reason.CHUNK, () -> decode("0000000000000005\r\nhello\r\n"));
    assertRefused(Reason.CHUNK, () -> decode("1\r\na\r\n1000000000000000\r\n"));
  }

  @Test
  void decode_byteByByte_theSame() throws IOException {
    String chunks = "A ; a = b\t;c\r\n0123456789\r\n0\r\n\r\n";
    var in = new ReceiveBuffer();
    for (int i = 0; i < chunks.length(); i++) {
      in.add(Bytes.latin1(chunks), i, i + 1);
      assertThat(decoder.decode(in, body)).isEqualTo(i == chunks.length() - 1);
      in.settle();
    }
    assertThat(decoded()).isEqualTo("0123456789");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\r\n",
        "g\r\n",
        " 5\r\n",
        "5 \r\n",
        "5\n",
        "5\rx",
        "+5\r\n",
        "0x5\r\n",
        "-1\r\n",
        "5;\r\n",
        "5;=\r\n",
        "5;a=\r\n",
        "5;a b\r\n",
        "5;a=\"b\r\n",
        "5;a=\"\\\r\n",
        "5;a=b c\r\n",
        "5;a\n",
        "5\r\nhello5",
        "5\r\nhello\n",
        "5\r\nhello\r\r",
        "1000000000000000\r\n",
        "ffffffffffffffffff\r\n",
        "5;a=\"b\"c\r\n",
        "5;a\0\r\n"
      })
  void decode_malformed_refused(String chunks) {
    assertRefused(Reason.CHUNK, () -> decode(chunks));
  }

  @Test
  void decode_sizeOf15Digits_accepted() throws ProtocolException {
    assertThat(decode("fffffffffffffff\r\nx")).isFalse();
  }

  @Test
  void decode_extensionsWithoutEnd_refused() throws ProtocolException {
    assertThat(decode("1;" + "a".repeat(5000) + "\r\nx\r\n")).isFalse();
    assertRefused(Reason.CHUNK_EXTENSIONS, () -> decode("1;" + "a".repeat(5000)));
  }

  @Test
  void decode_trailers_checkedAndLimited() throws ProtocolException {
    assertThat(decode("0\r\nA: b\r\n")).isFalse();
    assertThat(decoder.needsMore()).isTrue();
    assertRefused(
        Reason.FIELD_LINE,
        () -> decoder(Limits.DEFAULTS).decode(Heads.buffer("0\r\nA\r\n\r\n"), body));
    assertRefused(
        Reason.FIELDS_TOO_LARGE,
        () ->
            decoder(Limits.DEFAULTS.withFieldCount(1))
                .decode(Heads.buffer("0\r\nA: b\r\nA: b\r\n\r\n"), body));
  }

  @Test
  void decode_bodyWithoutRoom_waits() throws ProtocolException {
    ReceiveBuffer in = Heads.buffer("20000\r\n" + "x".repeat(0x20000) + "\r\n0\r\n\r\n");
    assertThat(decoder.decode(in, body)).isFalse();
    assertThat(body.room()).isZero();
    body.discard();
    assertThat(decoder.decode(in, body)).isTrue();
  }
}
