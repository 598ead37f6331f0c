package dev.leantea.conformance;

import static dev.leantea.conformance.CaseDocument.require;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Bytes of an HTTP/2 case from text. Parts of a payload:
 *
 * <pre>
 *  0a ff           bytes
 *  "text"          ASCII, with the escapes \\r \\n \\\\ \\xHH
 *  #65535          a number of 32 bits
 *  *8              that many bytes 0
 *  *8x             that many letters x
 *  {name|value}    a field that is not added to the table (RFC 7541 §6.2.2)
 *  +{name|value}   a field that is added (§6.2.1)
 *  &#64;GET/health     the four pseudo-header fields of a request
 * </pre>
 */
final class Http2CaseBytes {
  private static final Pattern FRAME =
      Pattern.compile("(\\w+) (0x[0-9a-f]+|\\d+)((?: \\w+)*)(?: = ?(.*))?");

  private static final Pattern REQUEST =
      Pattern.compile("(request|upload) (\\d+) ([A-Za-z]+) (\\S+)(?: (.*))?");

  private static final Pattern PART =
      Pattern.compile(
          "\"((?:[^\"\\\\]|\\\\.)*)\"|(\\+?)\\{([^|]*)\\|([^}]*)}|#(\\d+)|\\*(\\d+)(x?)"
              + "|@([A-Za-z]+)(/\\S*)|([0-9a-f]{2}) ?");

  private static final List<String> TYPES =
      List.of(
          "DATA",
          "HEADERS",
          "PRIORITY",
          "RST_STREAM",
          "SETTINGS",
          "PUSH_PROMISE",
          "PING",
          "GOAWAY",
          "WINDOW_UPDATE",
          "CONTINUATION");

  private static final Map<String, Integer> FLAGS =
      Map.of("END_STREAM", 1, "ACK", 1, "END_HEADERS", 4, "PADDED", 8, "PRIORITY", 0x20);

  private static final int PRIORITY_UPDATE = 16;

  private Http2CaseBytes() {}

  /** What a line sends: a request, a frame, or bytes. */
  static byte[] sent(String line) {
    Matcher request = REQUEST.matcher(line);
    if (line.startsWith("raw = ")) {
      return payload(line.substring(6));
    }
    return request.matches() ? request(request) : frame(line);
  }

  private static byte[] request(Matcher line) {
    int flags = Http2Client.END_HEADERS | (line.group(1).equals("request") ? 1 : 0);
    var block = new ByteArrayOutputStream();
    block.writeBytes(Http2Client.block(pseudoFields(line.group(3), line.group(4))));
    if (line.group(5) != null) {
      block.writeBytes(payload(line.group(5)));
    }
    int stream = Integer.parseInt(line.group(2));
    return Http2Client.bytes(Http2Client.HEADERS, flags, stream, block.toByteArray());
  }

  private static String[] pseudoFields(String method, String path) {
    return Http2Client.head(method, path);
  }

  private static byte[] frame(String line) {
    Matcher parts = FRAME.matcher(line);
    require(parts.matches(), "expected a frame: TYPE STREAM FLAG... = PAYLOAD");
    int flags = 0;
    for (String flag : parts.group(3).strip().split(" ", -1)) {
      flags |= flag.isEmpty() ? 0 : flag(flag);
    }
    byte[] payload = parts.group(4) == null ? new byte[0] : payload(parts.group(4));
    return Http2Client.bytes(
        type(parts.group(1)), flags, Long.decode(parts.group(2)).intValue(), payload);
  }

  private static int flag(String name) {
    int flag = name.startsWith("0x") ? Integer.decode(name) : FLAGS.getOrDefault(name, 0);
    require(flag > 0, "expected a known flag instead of " + name);
    return flag;
  }

  private static int type(String name) {
    if (name.startsWith("0x")) {
      return Integer.decode(name);
    }
    if (name.equals("PRIORITY_UPDATE")) {
      return PRIORITY_UPDATE;
    }
    require(TYPES.contains(name), "expected a type of frame instead of " + name);
    return TYPES.indexOf(name);
  }

  private static byte[] payload(String text) {
    var bytes = new ByteArrayOutputStream();
    Matcher part = PART.matcher(text);
    int at = 0;
    while (at < text.length()) {
      if (text.charAt(at) == ' ') {
        at++;
        continue;
      }
      require(part.find(at) && part.start() == at, "expected a part of a payload at " + (at + 1));
      bytes.writeBytes(part(part));
      at = part.end();
    }
    return bytes.toByteArray();
  }

  private static byte[] part(Matcher part) {
    if (part.group(1) != null) {
      return Http2Client.latin1(unescape(part.group(1)));
    }
    if (part.group(3) != null) {
      byte[] field = Http2Client.block(unescape(part.group(3)), unescape(part.group(4)));
      field[0] = (byte) (part.group(2).isEmpty() ? 0 : 0x40);
      return field;
    }
    if (part.group(5) != null) {
      int number = (int) Long.parseLong(part.group(5));
      return ByteBuffer.allocate(Integer.BYTES).putInt(number).array();
    }
    if (part.group(6) != null) {
      String repeated = part.group(7).isEmpty() ? "\0" : "x";
      return Http2Client.latin1(repeated.repeat(Integer.parseInt(part.group(6))));
    }
    if (part.group(8) != null) {
      return Http2Client.block(pseudoFields(part.group(8), part.group(9)));
    }
    return new byte[] {(byte) Integer.parseInt(part.group(10), 16)};
  }

  /** Bytes as characters below U+0100. */
  static String unescape(String text) {
    var bytes = new StringBuilder();
    Matcher escape = Pattern.compile("\\\\(r|n|\\\\|\"|x([0-9a-f]{2}))").matcher(text);
    while (escape.find()) {
      String with =
          switch (escape.group(1).charAt(0)) {
            case 'r' -> "\r";
            case 'n' -> "\n";
            case 'x' -> String.valueOf((char) Integer.parseInt(escape.group(2), 16));
            default -> escape.group(1);
          };
      escape.appendReplacement(bytes, Matcher.quoteReplacement(with));
    }
    escape.appendTail(bytes);
    return bytes.toString();
  }
}
