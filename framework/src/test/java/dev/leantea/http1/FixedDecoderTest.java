package dev.leantea.http1;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leantea.exchange.BodySource;
import dev.leantea.exchange.IncomingBody;
import org.junit.jupiter.api.Test;

class FixedDecoderTest {
  private final IncomingBody body = new BodySource().body(5, 100);
  private final FixedDecoder decoder = new FixedDecoder(5);

  @Test
  void decode_moreThanTheBody_leavesTheRest() throws Exception {
    ReceiveBuffer in = Heads.buffer("helloGET");
    assertThat(decoder.decode(in, body)).isTrue();
    body.end();
    assertThat(body.bytes()).isEqualTo(Bytes.latin1("hello"));
    assertThat(in.size()).isEqualTo(3);
  }

  @Test
  void decode_inPieces_completeWithTheLast() {
    assertThat(decoder.decode(Heads.buffer("hell"), body)).isFalse();
    assertThat(decoder.decode(Heads.buffer(""), body)).isFalse();
    assertThat(decoder.needsMore()).isFalse();
    assertThat(decoder.decode(Heads.buffer("o"), body)).isTrue();
  }

  @Test
  void decode_bodyWithoutRoom_takesNoMoreThanThat() {
    var large = new FixedDecoder(100_000);
    ReceiveBuffer in = Heads.buffer("x".repeat(100_000));
    assertThat(large.decode(in, body)).isFalse();
    assertThat(in.size()).isEqualTo(100_000 - 64 * 1024);
  }
}
