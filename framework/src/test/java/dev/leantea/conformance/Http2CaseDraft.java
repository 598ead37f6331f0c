package dev.leantea.conformance;

import static dev.leantea.conformance.CaseDocument.require;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A case of {@link Http2Cases} that is being read. */
final class Http2CaseDraft implements CaseDocument.CaseDraft<Http2Case> {
  private static final byte[] MAGIC =
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);

  private final String topic;
  private final String name;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final ByteArrayOutputStream settings = new ByteArrayOutputStream();
  private final Map<Integer, List<String>> replies = new TreeMap<>();
  private final List<String> pings = new ArrayList<>();
  private String source = "";
  private boolean preface = true;

  Http2CaseDraft(String topic, String name) {
    this.topic = topic;
    this.name = name;
  }

  @Override
  public Optional<Http2Case> line(String line) {
    if (line.equals("< open") || line.startsWith("< goaway ")) {
      return Optional.of(finish(line.equals("< open") ? "" : line.substring(9)));
    }
    part(line);
    return Optional.empty();
  }

  private void part(String line) {
    if (line.startsWith("from ")) {
      source = line.substring(5).strip();
    } else if (line.equals("preface none")) {
      preface = false;
    } else if (line.startsWith("settings ")) {
      settings(line.substring(9).split(" ", -1));
    } else if (line.startsWith("> ")) {
      bytes.writeBytes(Http2CaseBytes.sent(line.substring(2)));
    } else if (line.startsWith(">*")) {
      int space = line.indexOf(' ');
      byte[] once = Http2CaseBytes.sent(line.substring(space + 1));
      for (int i = Integer.parseInt(line.substring(2, space)); i > 0; i--) {
        bytes.writeBytes(once);
      }
    } else if (line.startsWith("< ping ")) {
      pings.add(line.substring(7));
    } else if (line.matches("< \\d+ (reset [A-Z_]+|[1-5]\\d\\d( =.*| \\.\\.\\.)?)")) {
      int space = line.indexOf(' ', 2);
      reply(Integer.parseInt(line.substring(2, space)), line.substring(space + 1));
    } else {
      throw new IllegalArgumentException("expected a line of an HTTP/2 case");
    }
  }

  private void settings(String[] pairs) {
    for (String pair : pairs) {
      String[] parts = pair.split("=", 2);
      settings.writeBytes(
          ByteBuffer.allocate(6)
              .putShort(Short.parseShort(parts[0]))
              .putInt(Integer.parseUnsignedInt(parts[1]))
              .array());
    }
  }

  private void reply(int stream, String text) {
    String event = text.endsWith(" =") ? text + " " : text;
    replies.computeIfAbsent(stream, _ -> new ArrayList<>()).add(Http2CaseBytes.unescape(event));
  }

  private Http2Case finish(String goAway) {
    require(!source.isEmpty(), "expected a line: from SOURCE");
    var all = new ByteArrayOutputStream();
    if (preface) {
      all.writeBytes(MAGIC);
      all.writeBytes(Http2Client.bytes(Http2Client.SETTINGS, 0, 0, settings.toByteArray()));
    }
    all.writeBytes(bytes.toByteArray());
    require(all.size() > 0, "expected bytes to send");
    return new Http2Case(topic, name, source, all.toByteArray(), replies, pings, goAway);
  }
}
