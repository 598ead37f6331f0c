package dev.leantea.files;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ByteRangeTest {
  @ParameterizedTest
  @CsvSource({
    "bytes=0-99, 0, 100",
    "bytes=10-19, 10, 10",
    "BYTES=90-, 90, 10",
    "bytes=90-1000, 90, 10",
    "bytes=-5, 95, 5",
    "bytes=-500, 0, 100",
    "bytes=99-99, 99, 1",
    "bytes=0-9223372036854775807, 0, 100",
    "bytes=0-9223372036854775808, 0, 100",
    "bytes=10-99999999999999999999999999, 10, 90",
    "bytes=-9223372036854775808, 0, 100",
    "bytes=-99999999999999999999999999, 0, 100",
    "bytes=00000000000000000000010-00000000000000000000019, 10, 10"
  })
  void parse_oneRange_isAPart(String value, long from, long length) {
    assertThat(ByteRange.parse(value, 100)).isEqualTo(new ByteRange.Part(from, length));
  }

  @ParameterizedTest
  @CsvSource({
    "bytes=100-",
    "bytes=20-10",
    "bytes=-0",
    "bytes=-",
    "bytes=",
    "bytes=a-b",
    "bytes=1",
    "bytes=9223372036854775807-",
    "bytes=99999999999999999999-",
    "bytes=99999999999999999999-99999999999999999999",
    "bytes=-00000000000000000000000",
    "bytes=١-٢",
    "bytes=+1-2"
  })
  void parse_noneOrMalformed_isUnsatisfiable(String value) {
    assertThat(ByteRange.parse(value, 100)).isInstanceOf(ByteRange.Unsatisfiable.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"bytes=0-1,5-6", "lines=1-2", "bytes", "bytes=0-1, 99999-"})
  void parse_severalOrUnknownUnit_isTheWhole(String value) {
    assertThat(ByteRange.parse(value, 100)).isInstanceOf(ByteRange.Whole.class);
  }
}
