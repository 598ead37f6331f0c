package dev.leantea.http1;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReceiveBufferTest {
  private final ReceiveBuffer buffer = new ReceiveBuffer();

  private String content() {
    return Bytes.latin1(buffer.array(), buffer.from(), buffer.to());
  }

  private void add(String text) {
    byte[] bytes = Bytes.latin1("__" + text + "__");
    buffer.add(bytes, 2, bytes.length - 2);
  }

  @Test
  void add_toAnEmptyOne_borrowsTheArray() {
    byte[] bytes = Bytes.latin1("_hello_");
    buffer.add(bytes, 1, 6);
    assertThat(buffer.array()).isSameAs(bytes);
    assertThat(content()).isEqualTo("hello");
    assertThat(buffer.size()).isEqualTo(5);
  }

  @Test
  void settle_withBytesLeft_keepsACopyOfThem() {
    byte[] bytes = Bytes.latin1("hello world");
    buffer.add(bytes, 0, bytes.length);
    buffer.consume(6);
    buffer.settle();
    bytes[6] = 'X';
    assertThat(content()).isEqualTo("world");
    assertThat(buffer.array()).hasSize(5);
  }

  @Test
  void settle_empty_holdsNoArray() {
    add("hello");
    buffer.consume(5);
    buffer.settle();
    assertThat(buffer.isEmpty()).isTrue();
    assertThat(buffer.array()).isEmpty();
  }

  @Test
  void add_behindBorrowedBytes_leavesTheBorrowedArrayAlone() {
    byte[] bytes = Bytes.latin1("ab??????????");
    buffer.add(bytes, 0, 2);
    add("cd");
    assertThat(content()).isEqualTo("abcd");
    assertThat(Bytes.latin1(bytes, 0, bytes.length)).isEqualTo("ab??????????");
  }

  @Test
  void add_byteByByte_keepsAllInOrder() {
    var expected = new StringBuilder();
    for (int i = 0; i < 5000; i++) {
      String letter = String.valueOf((char) ('a' + i % 26));
      expected.append(letter);
      add(letter);
      buffer.settle();
    }
    assertThat(content()).isEqualTo(expected.toString());
  }

  @Test
  void add_behindConsumedBytes_reusesTheirRoom() {
    add("x");
    add("y");
    byte[] own = buffer.array();
    for (int i = 0; i < 10_000; i++) {
      add("z");
      buffer.consume(1);
    }
    assertThat(buffer.array().length).isEqualTo(own.length);
    assertThat(content()).isEqualTo("zz");
  }

  @Test
  void clear_dropsAll() {
    add("hello");
    buffer.clear();
    assertThat(buffer.isEmpty()).isTrue();
    assertThat(buffer.size()).isZero();
  }
}
