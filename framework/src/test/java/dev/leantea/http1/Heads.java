package dev.leantea.http1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leantea.http.Limits;
import dev.leantea.http1.ProtocolException.Reason;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Shorthand for tests of the codec. */
final class Heads {
  private Heads() {}

  /** The bytes in a buffer, somewhere in the middle of an array. */
  static ReceiveBuffer buffer(String latin1) {
    byte[] bytes = Bytes.latin1("???" + latin1 + "???");
    var buffer = new ReceiveBuffer();
    buffer.add(bytes, 3, bytes.length - 3);
    return buffer;
  }

  /** The head that a parser reads from the text, which holds it all. */
  static RequestHead head(String latin1) throws ProtocolException {
    RequestHead head =
        new RequestParser(Limits.DEFAULTS)
            .parse(buffer(latin1), new int[Limits.DEFAULTS.fieldCount() + 1]);
    if (head == null) {
      throw new AssertionError("expected a whole head, got " + latin1);
    }
    return head;
  }

  /** A GET in HTTP/1.1 with a Host and these lines. */
  static RequestHead get(String... lines) throws ProtocolException {
    String fields = lines.length == 0 ? "" : String.join("\r\n", lines) + "\r\n";
    return head("GET / HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n");
  }

  static void assertRefused(Reason reason, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ProtocolException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }
}
