package dev.leantea.conformance;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads responses strictly, from a socket or from memory: whatever is not exact HTTP/1.1 is an
 * {@link AssertionError}, and an end where none may be is an {@link IOException}.
 */
public final class ReplyReader {
  /**
   * Tabs, what is visible, and obs-text, as in <a
   * href="https://www.rfc-editor.org/rfc/rfc9110#section-5.5">RFC 9110, section 5.5</a>. A dot
   * would leave out 0x85, which Java takes for a line's end.
   */
  private static final String TEXT = "[\\t -~\\x80-\\xff]*";

  private final InputStream in;

  /** The stream must support marks. */
  public ReplyReader(InputStream in) {
    this.in = in;
  }

  /** Reads one response, which has no body when it answers a HEAD. */
  public WireClient.Reply read(boolean head) throws IOException {
    String statusLine = readLine();
    if (!statusLine.matches("HTTP/1\\.1 [1-5][0-9][0-9] " + TEXT)) {
      throw new AssertionError("expected a status line, got: " + statusLine);
    }
    int status = Integer.parseInt(statusLine.substring(9, 12));
    var fields = new ArrayList<String>();
    for (String line = readLine(); !line.isEmpty(); line = readLine()) {
      if (!line.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+:" + TEXT)) {
        throw new AssertionError("expected a field line, got: " + line);
      }
      fields.add(line);
    }
    var reply = new WireClient.Reply(status, statusLine, List.copyOf(fields), new byte[0]);
    boolean bodiless = head || status < 200 || status == 204 || status == 304;
    return bodiless
        ? reply
        : new WireClient.Reply(status, statusLine, reply.fields(), readBody(reply));
  }

  /** Reads a head of this status, and nothing of what follows it. */
  List<String> readHead(int status) throws IOException {
    String statusLine = readLine();
    if (!statusLine.startsWith("HTTP/1.1 " + status + " ")) {
      throw new AssertionError("expected status " + status + ", got: " + statusLine);
    }
    var fields = new ArrayList<String>();
    for (String line = readLine(); !line.isEmpty(); line = readLine()) {
      fields.add(line);
    }
    return fields;
  }

  private byte[] readBody(WireClient.Reply reply) throws IOException {
    boolean chunked = reply.first("Transfer-Encoding").map("chunked"::equals).orElse(false);
    if (chunked && reply.first("Content-Length").isPresent()) {
      throw new AssertionError("expected one framing, got both in " + reply.fields());
    }
    if (chunked) {
      return readChunks();
    }
    if (reply.first("Content-Length").isPresent()) {
      return readExactly(Integer.parseInt(reply.field("Content-Length")));
    }
    if (!reply.field("Connection").equals("close")) {
      throw new AssertionError("expected a framed body or a close, got " + reply.fields());
    }
    return in.readAllBytes();
  }

  private byte[] readChunks() throws IOException {
    var body = new ByteArrayOutputStream();
    while (true) {
      int size = Integer.parseInt(readLine(), 16);
      body.write(readExactly(size));
      String end = readLine();
      if (!end.isEmpty()) {
        throw new AssertionError("expected CRLF behind a chunk, got: " + end);
      }
      if (size == 0) {
        return body.toByteArray();
      }
    }
  }

  /** Reads so many bytes; an end before the last is an {@link IOException}. */
  byte[] readExactly(int count) throws IOException {
    byte[] bytes = in.readNBytes(count);
    if (bytes.length < count) {
      throw new IOException(
          "expected " + count + " bytes, the connection ended after " + bytes.length);
    }
    return bytes;
  }

  /** Reads up to CRLF, which is left out. */
  String readLine() throws IOException {
    var line = new StringBuilder();
    while (true) {
      int c = in.read();
      if (c < 0) {
        throw new IOException("expected a line, the connection ended after: " + line);
      }
      if (c == '\r') {
        int lf = in.read();
        if (lf != '\n') {
          throw new AssertionError("expected LF after CR, got " + lf + " after: " + line);
        }
        return line.toString();
      }
      line.append((char) c);
    }
  }

  /** Reads some bytes, as they come; -1 at the end. */
  int readSome(byte[] target, int offset, int length) throws IOException {
    return in.read(target, offset, length);
  }

  /** Whether all bytes were read. Waits for the next one. */
  public boolean atEnd() throws IOException {
    in.mark(1);
    if (in.read() < 0) {
      return true;
    }
    in.reset();
    return false;
  }

  /** Fails when bytes come instead of the end. */
  public void expectEnd() throws IOException {
    int next = in.read();
    if (next >= 0) {
      throw new AssertionError("expected the end of the connection, got byte " + next);
    }
  }
}
