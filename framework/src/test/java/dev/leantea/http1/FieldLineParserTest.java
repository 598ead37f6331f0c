package dev.leantea.http1;

import static dev.leantea.http1.Heads.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.leantea.http1.ProtocolException.Reason;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FieldLineParserTest {
  private static RequestHead parse(String line) throws ProtocolException {
    byte[] bytes = Bytes.latin1("??" + line + "??");
    var head = new RequestHead(bytes, 1);
    FieldLineParser.parse(head, 0, 2, bytes.length - 2);
    return head;
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "\"A: b\", A, b",
        "\"A:b\", A, b",
        "\"A: \t b c \t\", A, b c",
        "\"A:\", A, \"\"",
        "\"A:  \", A, \"\"",
        "\"A: b: c\", A, b: c",
        "\"A::\", A, :",
        "\"!: b\", !, b",
      })
  void parse_aLine_nameAndValue(String line, String name, String value) throws ProtocolException {
    RequestHead head = parse(line);
    assertThat(head.name(0)).isEqualTo(name);
    assertThat(head.value(0)).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(strings = {" A: b", "\tA: b", " "})
  void parse_leadingSpace_folding(String line) {
    assertRefused(Reason.LINE_FOLDING, () -> parse(line));
  }

  @ParameterizedTest
  @ValueSource(strings = {"A", "A b", ": b", ":", "A : b", "A\t: b", "A(): b", "\u00e9: b"})
  void parse_badName_refused(String line) {
    assertRefused(Reason.FIELD_LINE, () -> parse(line));
  }
}
