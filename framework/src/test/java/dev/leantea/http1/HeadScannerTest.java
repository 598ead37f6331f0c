package dev.leantea.http1;

import static dev.leantea.http1.Heads.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.leantea.http.Limits;
import dev.leantea.http1.ProtocolException.Reason;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class HeadScannerTest {
  private static final Limits SMALL =
      Limits.DEFAULTS.withRequestLine(16).withFieldSection(20).withFieldCount(3);

  private final int[] lineEnds = new int[Limits.DEFAULTS.fieldCount() + 1];
  private final HeadScanner scanner = HeadScanner.ofHead(Limits.DEFAULTS);

  private int scan(HeadScanner with, String text) throws ProtocolException {
    byte[] bytes = Bytes.latin1(text);
    return with.scan(bytes, 0, bytes.length, lineEnds);
  }

  @Test
  void scan_aHead_itsLengthAndLines() throws ProtocolException {
    assertThat(scan(scanner, "GET / HTTP/1.1\r\nHost: a\r\n\r\nrest")).isEqualTo(27);
    assertThat(scanner.lines()).isEqualTo(2);
    assertThat(lineEnds).startsWith(14, 23);
  }

  @Test
  void scan_inPieces_theSameAsWhole() throws ProtocolException {
    byte[] bytes = Bytes.latin1("__GET / HTTP/1.1\r\nA: b\tc\r\n\r\n");
    for (int end = 2; end < bytes.length; end++) {
      assertThat(scanner.scan(bytes, 2, end, lineEnds)).isEqualTo(HeadScanner.MORE);
    }
    assertThat(scanner.scan(bytes, 2, bytes.length, lineEnds)).isEqualTo(bytes.length - 2);
    assertThat(lineEnds).startsWith(14, 22);
  }

  @Test
  void scan_sharedLineEndsOverwrittenBetweenPieces_linesAreRight() throws ProtocolException {
    assertThat(scan(scanner, "GET / HTTP/1.1\r\nA: b\r\n")).isEqualTo(HeadScanner.MORE);
    Arrays.fill(lineEnds, -1);
    assertThat(scan(scanner, "GET / HTTP/1.1\r\nA: b\r\n\r\n")).isEqualTo(24);
    assertThat(lineEnds).startsWith(14, 20);
  }

  @Test
  void scan_bareLineBreaks_refused() {
    assertRefused(Reason.BARE_LINE_BREAK, () -> scan(scanner, "GET\n"));
    assertRefused(
        Reason.BARE_LINE_BREAK, () -> scan(HeadScanner.ofHead(Limits.DEFAULTS), "GET\rX"));
  }

  @Test
  void scan_controls_refusedButForTab() throws ProtocolException {
    assertThat(scan(scanner, "GET\t")).isEqualTo(HeadScanner.MORE);
    assertRefused(Reason.CONTROL_CHARACTER, () -> scan(scanner, "GET\t\0"));
  }

  @Test
  void scan_requestLineAtItsLimit_accepted() throws ProtocolException {
    String line = "a".repeat(14) + "\r\n";
    assertThat(scan(HeadScanner.ofHead(SMALL), line + "\r\n")).isEqualTo(18);
  }

  @Test
  void scan_requestLineBeyondItsLimit_refusedAtOnce() {
    assertRefused(
        Reason.REQUEST_LINE_TOO_LONG, () -> scan(HeadScanner.ofHead(SMALL), "a".repeat(16)));
    assertRefused(
        Reason.REQUEST_LINE_TOO_LONG, () -> scan(HeadScanner.ofHead(SMALL), "a".repeat(15) + "\r"));
  }

  @Test
  void scan_fieldSectionAtItsLimit_accepted() throws ProtocolException {
    String section = "b".repeat(18) + "\r\n";
    assertThat(scan(HeadScanner.ofHead(SMALL), "a\r\n" + section + "\r\n")).isEqualTo(25);
    assertThat(scan(HeadScanner.ofTrailers(SMALL), section + "\r\n")).isEqualTo(22);
  }

  @Test
  void scan_fieldSectionBeyondItsLimit_refused() {
    String section = "b".repeat(19) + "\r\n\r\n";
    assertRefused(
        Reason.FIELDS_TOO_LARGE, () -> scan(HeadScanner.ofHead(SMALL), "a\r\n" + section));
    assertRefused(Reason.FIELDS_TOO_LARGE, () -> scan(HeadScanner.ofTrailers(SMALL), section));
  }

  @Test
  void scan_moreFieldsThanAllowed_refused() throws ProtocolException {
    assertThat(scan(HeadScanner.ofHead(SMALL), "a\r\nb\r\nb\r\nb\r\n\r\n")).isEqualTo(14);
    assertRefused(
        Reason.FIELDS_TOO_LARGE,
        () -> scan(HeadScanner.ofHead(SMALL), "a\r\nb\r\nb\r\nb\r\nb\r\n"));
    assertRefused(
        Reason.FIELDS_TOO_LARGE, () -> scan(HeadScanner.ofTrailers(SMALL), "b\r\n".repeat(4)));
  }

  @Test
  void reset_startsAfresh() throws ProtocolException {
    assertThat(scan(scanner, "GET / HTTP/1.1\r\nHost")).isEqualTo(HeadScanner.MORE);
    scanner.reset();
    assertThat(scan(scanner, "a\r\n\r\n")).isEqualTo(5);
    assertThat(scanner.lines()).isEqualTo(1);
  }
}
