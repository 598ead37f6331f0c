package dev.leantea.log;

import dev.leantea.http.CompletedExchange;
import dev.leantea.http.Request;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** The log formats of NCSA and Apache. Any thread. */
final class TextFormat implements AccessFormat {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ROOT)
          .withZone(ZoneId.systemDefault());

  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  /** The text of a second, which many lines have. */
  private record Time(long second, String text) {
    private static final Time NONE = new Time(Long.MIN_VALUE, "");

    static Time of(Instant instant) {
      return new Time(instant.getEpochSecond(), TIME.format(instant));
    }
  }

  private final Function<Request, String> client;
  private final boolean combined;
  private Time latest = Time.NONE;

  TextFormat(Function<Request, String> client, boolean combined) {
    this.client = client;
    this.combined = combined;
  }

  /** The address of the socket's other end. */
  static String peer(Request request) {
    return request.remoteAddress() instanceof InetSocketAddress address
        ? address.getAddress() == null
            ? address.getHostString()
            : address.getAddress().getHostAddress()
        : "-";
  }

  @Override
  public String line(CompletedExchange exchange, Instant end) {
    Optional<Request> request = exchange.request();
    var line = new StringBuilder(160);
    line.append(request.map(client).map(TextFormat::word).orElse("-")).append(" - - [");
    line.append(time(end.minus(exchange.duration()))).append("] ");
    quote(line, request.map(Request::toString));
    line.append(' ').append(exchange.status() == 0 ? "-" : Integer.toString(exchange.status()));
    line.append(' ').append(exchange.bytes() == 0 ? "-" : Long.toString(exchange.bytes()));
    if (combined) {
      quote(line.append(' '), request.flatMap(it -> it.header("Referer")));
      quote(line.append(' '), request.flatMap(it -> it.header("User-Agent")));
    }
    return line.toString();
  }

  private String time(Instant instant) {
    Time time = latest;
    if (time.second() != instant.getEpochSecond()) {
      time = Time.of(instant);
      latest = time;
    }
    return time.text();
  }

  private static String word(String text) {
    var word = new StringBuilder();
    escape(word, text);
    return word.isEmpty() ? "-" : word.toString().replace(" ", "\\x20");
  }

  private static void quote(StringBuilder line, Optional<String> text) {
    line.append('"');
    escape(line, text.orElse("-"));
    line.append('"');
  }

  /** As Apache does: what could end the field or the line, and bytes beyond ASCII. */
  private static void escape(StringBuilder line, String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        line.append('\\').append(c);
      } else if (c >= ' ' && c <= '~') {
        line.append(c);
      } else if (c <= 0xFF) {
        HEX.toHexDigits(line.append("\\x"), (byte) c);
      } else {
        line.append('?');
      }
    }
  }
}
