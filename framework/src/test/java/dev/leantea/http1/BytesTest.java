package dev.leantea.http1;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class BytesTest {
  @Test
  void isToken_everyByte_asInTheRfc() {
    String marks = "!#$%&'*+-.^_`|~";
    for (int c = 0; c < 256; c++) {
      boolean alphanumeric =
          (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      assertThat(Bytes.isToken((byte) c))
          .as("byte %d", c)
          .isEqualTo(alphanumeric || marks.indexOf(c) >= 0);
    }
  }

  @Test
  void isTarget_everyByte_neitherSpaceNorControlNorHigh() {
    for (int c = 0; c < 256; c++) {
      boolean allowed = c > ' ' && c < 0x7F && "\"#<>\\".indexOf(c) < 0;
      assertThat(Bytes.isTarget((byte) c)).as("byte %d", c).isEqualTo(allowed);
    }
  }

  @Test
  void hex_everyByte_asTheJdkReadsIt() {
    for (int c = 0; c < 256; c++) {
      int value = c < 128 ? Character.digit(c, 16) : -1;
      assertThat(Bytes.isHex((byte) c)).as("byte %d", c).isEqualTo(value >= 0);
      if (value >= 0) {
        assertThat(Bytes.hexValue((byte) c)).isEqualTo(value);
      }
    }
  }

  @Test
  void indexOfControl_everyByteAtEveryPlace_found() {
    for (int c = 0; c < 256; c++) {
      for (int at = 0; at < 20; at++) {
        byte[] bytes = new byte[20];
        Arrays.fill(bytes, (byte) 0xA0);
        bytes[at] = (byte) c;
        int expected = c < ' ' || c == 0x7F ? at : 20;
        assertThat(Bytes.indexOfControl(bytes, 0, 20)).as("%d at %d", c, at).isEqualTo(expected);
      }
    }
  }

  @Test
  void indexOfControl_neighboursOfAControl_doNotHideIt() {
    byte[] bytes = Bytes.latin1("         !~\u0080\u00ff\u001f\u007f\u0000");
    assertThat(Bytes.indexOfControl(bytes, 0, bytes.length)).isEqualTo(13);
    assertThat(Bytes.indexOfControl(bytes, 14, bytes.length)).isEqualTo(14);
    assertThat(Bytes.indexOfControl(bytes, 15, bytes.length)).isEqualTo(15);
    assertThat(Bytes.indexOfControl(bytes, 0, 13)).isEqualTo(13);
  }

  @Test
  void equalsIgnoreCase_lettersAlone_foldCase() {
    byte[] bytes = Bytes.latin1("xHoSt@x");
    assertThat(Bytes.equalsIgnoreCase(bytes, 1, 5, "host")).isTrue();
    assertThat(Bytes.equalsIgnoreCase(bytes, 1, 6, "host")).isFalse();
    assertThat(Bytes.equalsIgnoreCase(bytes, 1, 6, "host`")).isFalse();
    assertThat(Bytes.equalsIgnoreCase(Bytes.latin1("K"), 0, 1, "k")).isTrue();
    assertThat(Bytes.equalsIgnoreCase(Bytes.latin1("\u00cb"), 0, 1, "k")).isFalse();
  }

  @Test
  void latin1_anyByte_roundTrip() {
    byte[] bytes = new byte[256];
    for (int i = 0; i < 256; i++) {
      bytes[i] = (byte) i;
    }
    assertThat(Bytes.latin1(Bytes.latin1(bytes, 0, 256))).isEqualTo(bytes);
  }
}
