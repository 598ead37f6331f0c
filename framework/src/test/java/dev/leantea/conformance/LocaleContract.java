package dev.leantea.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leantea.conformance.WireClient.Reply;
import dev.leantea.files.StaticFiles;
import dev.leantea.http.Cookie;
import dev.leantea.http.Handler;
import dev.leantea.http.Response;
import dev.leantea.routing.Router;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client sees the same, whatever the default locale of the server's JVM. */
public abstract class LocaleContract extends ServerContract {
  private static final Locale BEFORE = Locale.getDefault();

  @SuppressWarnings("NullAway.Init") // JUnit sets it before the server starts
  @TempDir
  static Path folder;

  @Override
  protected Handler application() {
    try {
      Files.writeString(folder.resolve("tea.txt"), "0123456789");
      return Router.builder()
          .get("/files/{path...}", StaticFiles.of(folder))
          .get("/cookie", _ -> Response.empty(200).cookie(session()))
          .post("/echo", request -> Response.text(200, request.text()))
          .build();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Cookie session() {
    return Cookie.of("__Host-ID", "1").path("/").secure().maxAge(Duration.ofSeconds(1234));
  }

  @AfterEach
  void restoreLocale() {
    Locale.setDefault(BEFORE);
  }

  /** Digits of their own, and in Turkish an i whose capital letter has a dot. */
  @ParameterizedTest
  @ValueSource(strings = {"fa", "ar-EG", "tr"})
  void get_range_isInAsciiDigits(String locale) throws IOException {
    Locale.setDefault(Locale.forLanguageTag(locale));
    try (WireClient client = connect()) {
      client.send("GET /files/tea.txt HTTP/1.1\r\nHOST: a\r\nRANGE: BYTES=2-4\r\n\r\n");
      Reply part = client.read();
      assertThat(part.status()).isEqualTo(206);
      assertThat(part.field("Content-Range")).isEqualTo("bytes 2-4/10");
      assertThat(part.field("Content-Length")).isEqualTo("3");
      assertThat(part.fields()).allMatch(line -> line.matches("[\\x20-\\x7E]*"));
      client.send("GET /files/tea.txt HTTP/1.1\r\nHost: a\r\nRange: bytes=99-\r\n\r\n");
      assertThat(client.read().field("Content-Range")).isEqualTo("bytes */10");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"fa", "ar-EG", "tr"})
  void get_cookieAndBody_areReadAndWrittenTheSame(String locale) throws IOException {
    Locale.setDefault(Locale.forLanguageTag(locale));
    try (WireClient client = connect()) {
      assertThat(client.get("/cookie").read().field("Set-Cookie"))
          .isEqualTo("__Host-ID=1; Path=/; Secure; Max-Age=1234");
      client.send(
          "POST /echo HTTP/1.1\r\nHOST: a\r\nCONTENT-TYPE: TEXT/PLAIN; CHARSET=ISO-8859-1\r\n"
              + "CONTENT-LENGTH: 2\r\n\r\ni\u00ed");
      assertThat(client.read().text()).isEqualTo("i\u00ed");
    }
  }
}
