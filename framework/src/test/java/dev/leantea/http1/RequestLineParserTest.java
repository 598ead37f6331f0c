package dev.leantea.http1;

import static dev.leantea.http1.Heads.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.leantea.http.HttpVersion;
import dev.leantea.http.Method;
import dev.leantea.http1.ProtocolException.Reason;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestLineParserTest {
  private static RequestHead parse(String line) throws ProtocolException {
    byte[] bytes = Bytes.latin1(line);
    var head = new RequestHead(bytes, 0);
    RequestLineParser.parse(head, bytes.length);
    return head;
  }

  static List<Method> standard() {
    return Method.standard();
  }

  @ParameterizedTest
  @MethodSource("standard")
  void parse_standardMethod_theConstant(Method method) throws ProtocolException {
    assertThat(parse(method + " /x HTTP/1.1").method).isSameAs(method);
  }

  @ParameterizedTest
  @ValueSource(strings = {"get", "GETS", "GE", "BREW", "PROPFIND", "!", "VERSION-CONTROL"})
  void parse_otherMethod_itsName(String name) throws ProtocolException {
    assertThat(parse(name + " /x HTTP/1.1").method).isEqualTo(Method.of(name));
  }

  @Test
  void parse_aLine_itsParts() throws ProtocolException {
    RequestHead head = parse("POST /a?b HTTP/1.0");
    assertThat(head.method).isEqualTo(Method.POST);
    assertThat(head.target()).isEqualTo("/a?b");
    assertThat(head.version).isEqualTo(HttpVersion.HTTP_1_0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET",
        "GET ",
        "GET /",
        "GET / ",
        "GET  / HTTP/1.1",
        " GET / HTTP/1.1",
        "GET HTTP/1.1",
        "GET\t/ HTTP/1.1",
        "GET /\tHTTP/1.1",
        "G@T / HTTP/1.1"
      })
  void parse_wrongParts_refused(String line) {
    assertThat(line).isNotBlank();
    Assertions.assertThatThrownBy(() -> parse(line))
        .isInstanceOfSatisfying(
            ProtocolException.class, e -> assertThat(e.reason().status()).isEqualTo(400));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/\"", "/#", "/<", "/\\", "/\u00e9"})
  void parse_strayByteInTarget_theTargetsFault(String target) {
    assertRefused(Reason.TARGET, () -> parse("GET " + target + " HTTP/1.1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"http/1.1", "HTTP/1.1 ", "HTTP/1", "HTTP/1.10", "HTTP/a.1", "HTTX/1.1"})
  void parse_malformedVersion_refused(String version) {
    assertRefused(Reason.VERSION, () -> parse("GET / " + version));
  }

  @ParameterizedTest
  @ValueSource(strings = {"HTTP/0.9", "HTTP/1.2", "HTTP/2.0", "HTTP/9.9"})
  void parse_otherVersion_unsupported(String version) {
    assertRefused(Reason.VERSION_UNSUPPORTED, () -> parse("GET / " + version));
  }

  @Test
  void parse_methodTooLong_refusedLast() {
    String method = "X".repeat(Method.MAX_LENGTH + 1);
    assertRefused(Reason.METHOD_UNKNOWN, () -> parse(method + " / HTTP/1.1"));
    assertRefused(Reason.VERSION_UNSUPPORTED, () -> parse(method + " / HTTP/2.0"));
    assertRefused(Reason.TARGET, () -> parse(method + " /# HTTP/2.0"));
  }
}
