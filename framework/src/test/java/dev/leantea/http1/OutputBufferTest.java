package dev.leantea.http1;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutputBufferTest {
  private final OutputBuffer out = new OutputBuffer();

  private String text() {
    return Octets.latin1(out.array(), 0, out.size());
  }

  @Test
  void put_piecesOfEveryKind_inOrder() {
    out.put(Octets.latin1("a")).put('b').putLatin1("c\u00ff").putDecimal(42);
    assertThat(text()).isEqualTo("abc\u00ff42");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 9, 10, 99, 100, 1_234_567_890_123L, Long.MAX_VALUE})
  void putDecimal_anyValue_asTheJdkWritesIt(long value) {
    out.putDecimal(value);
    assertThat(text()).isEqualTo(Long.toString(value));
  }

  @Test
  void put_moreThanThereIsRoom_grows() {
    var expected = new StringBuilder();
    for (int i = 0; i < 5000; i++) {
      out.putDecimal(i).put(' ');
      expected.append(i).append(' ');
    }
    assertThat(text()).isEqualTo(expected.toString());
  }

  @Test
  void clear_afterALargeHead_givesTheArrayBack() {
    out.put(new byte[100_000]);
    out.clear();
    assertThat(out.size()).isZero();
    assertThat(out.array().length).isLessThan(2000);
  }

  @Test
  void clear_afterASmallHead_keepsTheArray() {
    byte[] array = out.put('a').array();
    out.clear();
    assertThat(out.put('b').array()).isSameAs(array);
  }
}
