package dev.leantea.forms;

import dev.leantea.http.HttpException;
import dev.leantea.http.MediaType;
import dev.leantea.http.MemoryReservation;
import dev.leantea.http.Request;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Reads {@code application/x-www-form-urlencoded}: {@code name=value&name=value} with {@code %XX}
 * and {@code +}. Bytes are decoded from bytes, each once: time is linear in the body, and memory is
 * the body, what it decodes to, and one field as text. One thread, one form.
 */
final class UrlencodedReader {
  /** The characters that the syntax is made of: a charset must have them where ASCII has them. */
  private static final String SYNTAX = "&=%+0123456789abcdefABCDEF";

  private final byte[] body;
  private final Charset charset;
  private final FormLimits limits;
  private final MemoryReservation memory;
  private final List<Part> parts = new ArrayList<>();
  private long decoded;

  private UrlencodedReader(
      byte[] body, Charset charset, FormLimits limits, MemoryReservation memory) {
    this.body = body;
    this.charset = charset;
    this.limits = limits;
    this.memory = memory;
  }

  static Form read(Request request, FormLimits limits) throws IOException {
    Charset charset = charset(request.mediaType());
    byte[] body = request.bytes();
    if (body.length > limits.total()) {
      throw Forms.tooLarge("expected at most " + limits.total() + " bytes");
    }
    MemoryReservation memory = request.reserveMemory();
    try {
      var reader = new UrlencodedReader(body, charset, limits, memory);
      reader.readAll();
      return new Form(reader.parts, memory);
    } catch (Throwable e) {
      memory.close();
      throw e;
    }
  }

  private static Charset charset(MediaType mediaType) {
    Charset charset = mediaType.charset();
    byte[] ascii = SYNTAX.getBytes(StandardCharsets.US_ASCII);
    if (!charset.canEncode() || !Arrays.equals(SYNTAX.getBytes(charset), ascii)) {
      throw new HttpException(
          415, "form: expected a charset that contains ASCII, got " + charset.name());
    }
    return charset;
  }

  private void readAll() {
    for (int from = 0; from < body.length; ) {
      int end = indexOf('&', from, body.length);
      if (end > from) {
        Forms.requireRoom(parts.size(), limits);
        add(from, end);
      }
      from = end + 1;
    }
  }

  /** Adds a field. The server's memory is reserved before and corrected after it is decoded. */
  private void add(int from, int end) {
    memory.resize(decoded + (end - from));
    Part part = part(from, end);
    decoded += part.name().length() + part.size();
    memory.resize(decoded);
    parts.add(part);
  }

  private Part part(int from, int end) {
    int equals = indexOf('=', from, end);
    String number = "field " + (parts.size() + 1);
    String name = text(number, decode(number + ": name", from, equals));
    if (name.indexOf('\0') >= 0) {
      throw Forms.malformed(number + ": expected a name without NUL");
    }
    String field = "field " + Forms.quote(name);
    byte[] value = decode(field, Math.min(equals + 1, end), end);
    String text = text(field, value);
    byte[] utf8 =
        charset.equals(StandardCharsets.UTF_8) ? value : text.getBytes(StandardCharsets.UTF_8);
    return Part.inMemory(name, Optional.empty(), MediaType.TEXT, utf8);
  }

  private int indexOf(char wanted, int from, int end) {
    int at = from;
    while (at < end && body[at] != wanted) {
      at++;
    }
    return at;
  }

  /** What the bytes stand for, in the form's charset. The limit of a field holds for names too. */
  private byte[] decode(String where, int from, int end) {
    byte[] decoded = new byte[Math.min(end - from, limits.field())];
    int count = 0;
    for (int i = from; i < end; i++) {
      if (count == limits.field()) {
        throw Forms.tooLarge(where + ": expected at most " + limits.field() + " bytes");
      }
      byte b = body[i];
      if (b == '%') {
        b = percentEncoded(where, i, end);
        i += 2;
      } else if (b == '+') {
        b = ' ';
      }
      decoded[count++] = b;
    }
    return count == decoded.length ? decoded : Arrays.copyOf(decoded, count);
  }

  private byte percentEncoded(String where, int at, int end) {
    int high = at + 1 < end ? Character.digit(body[at + 1], 16) : -1;
    int low = at + 2 < end ? Character.digit(body[at + 2], 16) : -1;
    if (high < 0 || low < 0) {
      throw Forms.malformed(
          where + ": expected two hexadecimal digits after % at byte " + at + " of the body");
    }
    return (byte) (high << 4 | low);
  }

  private String text(String where, byte[] bytes) {
    try {
      return charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new HttpException(
          400, "form: %s: expected text in %s".formatted(where, charset.name()), e);
    }
  }
}
