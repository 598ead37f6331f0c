package dev.leantea.http1;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReceiveBufferTest {
  private final ReceiveBuffer buffer = new ReceiveBuffer();

  private String content() {
    return Bytes.latin1(buffer.array(), buffer.from(), buffer.to());
  }

  private void add(String text) {
    byte[] octets = Bytes.latin1("__" + text + "__");
    buffer.add(octets, 2, octets.length - 2);
  }

  @Test
  void add_toAnEmptyOne_borrowsTheArray() {
    byte[] octets = Bytes.latin1("_hello_");
    buffer.add(octets, 1, 6);
    assertThat(buffer.array()).isSameAs(octets);
    assertThat(content()).isEqualTo("hello");
    assertThat(buffer.size()).isEqualTo(5);
  }

  @Test
  void settle_withOctetsLeft_keepsACopyOfThem() {
    byte[] octets = Bytes.latin1("hello world");
    buffer.add(octets, 0, octets.length);
    buffer.consume(6);
    buffer.settle();
    octets[6] = 'X';
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
  void add_behindBorrowedOctets_leavesTheBorrowedArrayAlone() {
    byte[] octets = Bytes.latin1("ab??????????");
    buffer.add(octets, 0, 2);
    add("cd");
    assertThat(content()).isEqualTo("abcd");
    assertThat(Bytes.latin1(octets, 0, octets.length)).isEqualTo("ab??????????");
  }

  @Test
  void add_octetByOctet_keepsAllInOrder() {
    var expected = new StringBuilder();
    for (int i = 0; i < 5000; i++) {
      String octet = String.valueOf((char) ('a' + i % 26));
      expected.append(octet);
      add(octet);
      buffer.settle();
    }
    assertThat(content()).isEqualTo(expected.toString());
  }

  @Test
  void add_behindConsumedOctets_reusesTheirRoom() {
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
