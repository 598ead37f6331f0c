package dev.leantea.http1;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leantea.http.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeepAliveTest {
  @ParameterizedTest
  @CsvSource({
    "1.1, x,                 true",
    "1.1, keep-alive,        true",
    "1.1, close,             false",
    "1.1, 'keep-alive, close', false",
    "1.0, x,                 false",
    "1.0, keep-alive,        true",
    "1.0, close,             false",
    "1.0, 'close, keep-alive', false",
  })
  void allowed_versionAndOptions(String version, String options, boolean expected)
      throws ProtocolException {
    RequestHead head =
        Heads.head("GET / HTTP/" + version + "\r\nHost: a\r\nConnection: " + options + "\r\n\r\n");
    assertThat(KeepAlive.allowed(head, false)).isEqualTo(expected);
    assertThat(KeepAlive.allowed(head, true)).as("draining").isFalse();
  }

  @Test
  void closes_onlyWhenTheHandlerSaysSo() {
    Response response = Response.text(200, "ok");
    assertThat(KeepAlive.closes(response)).isFalse();
    assertThat(KeepAlive.closes(response.header("connection", "close"))).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "200, true,  keep-alive",
    "200, false, close",
    "101, true,  upgrade",
    "426, true,  'keep-alive, upgrade'",
    "426, false, 'close, upgrade'",
  })
  void line_ofTheStatus(int status, boolean keep, String value) {
    assertThat(KeepAlive.line(status, keep))
        .isEqualTo(Bytes.latin1("Connection: " + value + "\r\n"));
  }
}
