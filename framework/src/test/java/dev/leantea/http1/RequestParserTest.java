package dev.leantea.http1;

import static dev.leantea.http1.Heads.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leantea.http.Limits;
import dev.leantea.http.Method;
import dev.leantea.http1.ProtocolException.Reason;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class RequestParserTest {
  private final int[] lineEnds = new int[Limits.DEFAULTS.fieldCount() + 1];
  private final RequestParser parser = new RequestParser(Limits.DEFAULTS);

  private RequestHead parse(ReceiveBuffer in) throws ProtocolException {
    return Objects.requireNonNull(parser.parse(in, lineEnds));
  }

  @Test
  void parse_twoHeads_oneAfterTheOther() throws ProtocolException {
    ReceiveBuffer in = Heads.buffer("GET /1 HTTP/1.1\r\n\r\nPUT /2 HTTP/1.1\r\nA: b\r\n\r\nrest");
    assertThat(parse(in).target()).isEqualTo("/1");
    RequestHead second = parse(in);
    assertThat(second.method).isEqualTo(Method.PUT);
    assertThat(second.size()).isEqualTo(1);
    assertThat(in.size()).isEqualTo(4);
  }

  @Test
  void parse_incomplete_consumesNothing() throws ProtocolException {
    ReceiveBuffer in = Heads.buffer("GET / HTTP/1.1\r\nA: b\r\n");
    assertThat(parser.parse(in, lineEnds)).isNull();
    assertThat(in.size()).isEqualTo(22);
    byte[] rest = {'\r', '\n'};
    in.add(rest, 0, 2);
    assertThat(parse(in).value(0)).isEqualTo("b");
    assertThat(in.isEmpty()).isTrue();
  }

  @Test
  void parse_head_isACopy() throws ProtocolException {
    byte[] bytes = Bytes.latin1("GET /a HTTP/1.1\r\nA: b\r\n\r\n");
    var in = new ReceiveBuffer();
    in.add(bytes, 0, bytes.length);
    RequestHead head = parse(in);
    Arrays.fill(bytes, (byte) 'x');
    assertThat(head.target() + head.name(0)).isEqualTo("/aA");
  }

  @Test
  void parse_emptyLinesBefore_fourAtMost() throws ProtocolException {
    String get = "GET / HTTP/1.1\r\n\r\n";
    ReceiveBuffer in = Heads.buffer("\r\n".repeat(4) + get + "\r\n".repeat(4) + get);
    assertThat(parser.parse(in, lineEnds)).isNotNull();
    assertThat(parser.parse(in, lineEnds)).isNotNull();
    assertRefused(
        Reason.REQUEST_LINE, () -> parser.parse(Heads.buffer("\r\n".repeat(5) + get), lineEnds));
  }

  @Test
  void parse_knownFields_noted() throws ProtocolException {
    RequestHead head =
        Heads.head(
            "GET / HTTP/1.1\r\nhOST: a\r\nCONTENT-length: 1\r\nContent-Length: 2\r\n"
                + "transfer-ENCODING: chunked\r\nExPect: 100-continue\r\n\r\n");
    assertThat(head.hosts).isEqualTo(1);
    assertThat(head.value(head.hostLine)).isEqualTo("a");
    assertThat(head.contentLengths).isEqualTo(2);
    assertThat(head.transferEncodings).isEqualTo(1);
    assertThat(head.value(head.expectLine)).isEqualTo("100-continue");
  }

  @Test
  void parse_namesOfTheSameLength_notMistaken() throws ProtocolException {
    RequestHead head =
        Heads.head(
            "GET / HTTP/1.1\r\nHosx: a\r\nExpecx: b\r\nConnectiox: close\r\n"
                + "Content-Lengtx: 1\r\nTransfer-Encodinx: c\r\n\r\n");
    assertThat(head.hosts + head.contentLengths + head.transferEncodings).isZero();
    assertThat(head.expectLine).isEqualTo(RequestHead.NONE);
    assertThat(head.saysClose).isFalse();
  }

  @Test
  void parse_connectionOptions_anyCaseAnyLine() throws ProtocolException {
    assertThat(Heads.get("Connection: x , CLOSE").saysClose).isTrue();
    assertThat(Heads.get("Connection: x", "connection:\tclose,").saysClose).isTrue();
    assertThat(Heads.get("Connection: Keep-Alive").saysKeepAlive).isTrue();
    assertThat(Heads.get("Connection: closed, x-close").saysClose).isFalse();
  }

  @Test
  void head_asHeaders_findsNamesInAnyCase() throws ProtocolException {
    RequestHead head = Heads.get("X-a: 1", "x-A: 2", "Y: 3");
    assertThat(head.all("X-A")).containsExactly("1", "2");
    assertThat(head.first("y")).contains("3");
    assertThat(head.contains("Z")).isFalse();
    assertThat(head.named(1, "X\rA")).isFalse(); // '-' and CR differ in one bit
    assertThatThrownBy(() -> head.name(4)).isInstanceOf(IndexOutOfBoundsException.class);
  }
}
