package dev.leantea.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeflateParametersTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "permessage-deflate | permessage-deflate",
        "permessage-deflate; client_max_window_bits | permessage-deflate",
        "permessage-deflate; client_max_window_bits=9 | permessage-deflate",
        "permessage-deflate; server_max_window_bits=9 | permessage-deflate; server_max_window_bits=9",
        "permessage-deflate; server_max_window_bits=\"8\" | permessage-deflate; server_max_window_bits=8",
        "permessage-deflate; server_no_context_takeover; client_no_context_takeover"
            + " | permessage-deflate; server_no_context_takeover; client_no_context_takeover",
        "permessage-deflate; unknown, permessage-deflate; server_max_window_bits=10"
            + " | permessage-deflate; server_max_window_bits=10",
        "x-webkit-deflate-frame, permessage-deflate | permessage-deflate",
      })
  void negotiate_validOffers_answersTheFirst(String offers, String answer) {
    assertThat(negotiate(offers).map(DeflateParameters::answer)).contains(answer);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "permessage-bzip2",
        "permessage-deflate; server_max_window_bits",
        "permessage-deflate; server_max_window_bits=7",
        "permessage-deflate; server_max_window_bits=16",
        "permessage-deflate; server_max_window_bits=08",
        "permessage-deflate; client_max_window_bits=99",
        "permessage-deflate; server_no_context_takeover=1",
        "permessage-deflate; server_no_context_takeover; server_no_context_takeover",
        "permessage-deflate; mystery=1",
      })
  void negotiate_invalidOffers_declines(String offers) {
    assertThat(negotiate(offers)).isEmpty();
  }

  private static Optional<DeflateParameters> negotiate(String offers) {
    return DeflateParameters.negotiate(Extension.parse(List.of(offers)));
  }
}
