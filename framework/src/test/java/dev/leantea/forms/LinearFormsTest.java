package dev.leantea.forms;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leantea.http.HttpException;
import dev.leantea.http.Method;
import dev.leantea.http.Request;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Forms of 2 MiB. A reader that looks at what it has again and again needs a very long time for
 * them; no time is asserted, the limit ends a test that hangs.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LinearFormsTest {
  private static final int BYTES = 2 * 1024 * 1024;
  private static final FormLimits LIMITS =
      FormLimits.DEFAULTS
          .withPartHeaders(2 * BYTES)
          .withField(2 * BYTES)
          .withTotalInMemory(2 * BYTES);

  private static String repeat(String part) {
    return part.repeat(BYTES / part.length());
  }

  /** What becomes of a form: the size of its first name and content, or the status and reason. */
  private static String outcome(String mediaType, String body) throws IOException {
    Request request =
        Request.of(Method.POST, "/").withHeader("Content-Type", mediaType).withBody(body);
    try (Form form = Forms.read(request, LIMITS)) {
      Part part = form.parts().getFirst();
      return part.name().length() + " " + part.size();
    } catch (HttpException e) {
      return e.status() + " " + e.reason();
    }
  }

  /** Of a part's header section; ~ stands for CRLF. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "; name=\"    | \\\"   | \"            | 1048576 1",
        "; name=\"    | %22    | \"            | 699050 1",
        "; name=\"    | %0D    | \"            | 699050 1",
        "; name=\"    | %0a    | \"            | 699050 1",
        "; name=\"    | \\     | \"            | 1048576 1",
        "; name=a; x  | x      | =1            | 1 1",
        "; name=a     | ~_     | ~X: 1         | 1 1",
        "; name=a; filename=\" | a/ | \"       | 1 1",
        "; name=a     | ;      | x             | 400 form: part 1: expected",
        "; name=a     | _      | ~X: 1         | 1 1",
        "; name=a~Content-Type: a/b | ;a=b | ~X: 1 | 1 1",
        "; name=a~X:  | ~X     | ~X: 1         | 400 form: part 1: expected",
        "; name=a~    | :      | ~X: 1         | 400 form: part 1: expected",
      })
  void multipart_longHeaderSection(String start, String part, String end, String outcome)
      throws IOException {
    String head = "Content-Disposition: form-data" + start + repeat(part) + end;
    String section = head.replace("~", "\r\n").replace('_', ' ');
    String body = "--xyz\r\n" + section + "\r\n\r\n1\r\n--xyz--\r\n";
    assertThat(outcome("multipart/form-data; boundary=xyz", body)).startsWith(outcome);
  }

  /** Content that is full of beginnings of the boundary. */
  @ParameterizedTest
  @CsvSource({"~, 2097152", "~--, 2097152", "~--aaaa, 2097152", "a, 2097152", "~--aaaab, 2097144"})
  void multipart_almostTheBoundary(String part, int size) throws IOException {
    String boundary = "a".repeat(69) + "b";
    String content = repeat(part.replace("~", "\r\n"));
    String body =
        "--%s\r\nContent-Disposition: form-data; name=a\r\n\r\n%s\r\n--%s--\r\n"
            .formatted(boundary, content, boundary);
    assertThat(outcome("multipart/form-data; boundary=" + boundary, body)).isEqualTo("1 " + size);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a=  | a   | 1 2097152",
        "a=  | %41 | 1 699050",
        "a=  | =   | 1 2097152",
        "a=  | +   | 1 2097152",
        "''  | %41 | 699050 0",
        "''  | &   | 400",
        "a=1 | &   | 1 1",
        "a=1 | &=  | 413 form: expected at most 1000 parts",
        "a=1 | &a  | 413 form: expected at most 1000 parts",
      })
  void urlencoded_longBody(String start, String part, String outcome) throws IOException {
    String body = start + repeat(part) + (outcome.equals("400") ? "%" : "");
    assertThat(outcome("application/x-www-form-urlencoded", body)).startsWith(outcome);
  }
}
