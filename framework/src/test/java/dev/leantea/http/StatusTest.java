package dev.leantea.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatusTest {
  @ParameterizedTest
  @CsvSource({"200,OK", "404,Not Found", "413,Content Too Large", "599,''", "-1,''", "600,''"})
  void reason_registeredOrEmpty(int status, String reason) {
    assertThat(Status.reason(status)).isEqualTo(reason);
  }

  @ParameterizedTest
  @CsvSource({
    "100,true",
    "199,true",
    "200,false",
    "204,true",
    "205,false",
    "304,true",
    "404,false"
  })
  void isBodiless_1xx204And304(int status, boolean bodiless) {
    assertThat(Status.isBodiless(status)).isEqualTo(bodiless);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 200, 399, 600})
  void httpException_noErrorStatus_refused(int status) {
    assertThatThrownBy(() -> new HttpException(status, "x"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
