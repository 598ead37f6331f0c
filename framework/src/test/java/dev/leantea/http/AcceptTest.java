package dev.leantea.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AcceptTest {
  private static final MediaType CSV = new MediaType("text/csv; charset=utf-8");

  private static MediaType preferred(String accept) {
    return Request.of(Method.GET, "/")
        .withHeader("Accept", accept)
        .preferred(MediaType.JSON, MediaType.HTML, CSV);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "text/csv | text/csv",
        "TEXT/CSV | text/csv",
        "*/* | application/json",
        "text/* | text/html",
        "text/*;q=0.5, text/csv | text/csv",
        "text/*, text/html;q=0.1 | text/csv",
        "*/*;q=0.1, text/html;q=0.2 | text/html",
        "application/json;q=0, */* | text/html",
        "image/png, text/csv;level=1;q=0.3 | text/csv",
        "nonsense, ;, text/html;q=2, text/csv;q=0.001 | text/csv",
      })
  void preferred_byWeightAndCloseness(String accept, String expected) {
    assertThat(preferred(accept).essence()).isEqualTo(expected);
  }

  @Test
  void preferred_noField_theFirst() {
    assertThat(Request.of(Method.GET, "/").preferred(MediaType.JSON, CSV))
        .isEqualTo(MediaType.JSON);
  }

  @ParameterizedTest
  @ValueSource(strings = {"image/png", "*/*;q=0", "text/html;q=x", "*/html, text/xml"})
  void preferred_noneAccepted_406(String accept) {
    assertThatThrownBy(() -> preferred(accept))
        .isInstanceOfSatisfying(HttpException.class, e -> assertThat(e.status()).isEqualTo(406))
        .hasMessage("Accept: expected one of application/json, text/html, text/csv");
  }
}
