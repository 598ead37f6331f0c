package dev.leantea.tls.certificate;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Writes values in DER (X.690): the few that keys and a certificate are made of.
 *
 * <pre>
 *  │ tag 1 │ length 1 or more │ content …
 * </pre>
 */
final class Der {
  static final int SEQUENCE = 0x30;

  /** X.690 §8.7. */
  static final int BYTES = 0x04;

  private static final int SET = 0x31;
  private static final int CONTEXT = 0xa0;
  private static final int MAX_SHORT_LENGTH = 127;

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private Der() {}

  /** A value of this tag, whose content are these values one after the other. */
  static byte[] value(int tag, byte[]... contents) {
    byte[] content = join(contents);
    var out = new ByteArrayOutputStream();
    out.write(tag);
    if (content.length <= MAX_SHORT_LENGTH) {
      out.write(content.length);
    } else {
      byte[] length = BigInteger.valueOf(content.length).toByteArray();
      int zero = length[0] == 0 ? 1 : 0;
      out.write(0x80 | (length.length - zero));
      out.write(length, zero, length.length - zero);
    }
    out.writeBytes(content);
    return out.toByteArray();
  }

  static byte[] join(byte[]... parts) {
    var out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  static byte[] sequence(byte[]... values) {
    return value(SEQUENCE, values);
  }

  static byte[] set(byte[]... values) {
    return value(SET, values);
  }

  /** A constructed value with a tag of its context. */
  static byte[] tagged(int number, byte[]... values) {
    return value(CONTEXT | number, values);
  }

  static byte[] integer(BigInteger number) {
    return value(0x02, number.toByteArray());
  }

  static byte[] bool(boolean value) {
    return value(0x01, new byte[] {(byte) (value ? 0xff : 0)});
  }

  static byte[] ofNull() {
    return value(0x05);
  }

  static byte[] utf8(String text) {
    return value(0x0c, text.getBytes(StandardCharsets.UTF_8));
  }

  static byte[] time(Instant time) {
    return value(0x18, TIME.format(time).getBytes(StandardCharsets.US_ASCII));
  }

  static byte[] bits(byte[] whole) {
    return value(0x03, new byte[] {0}, whole); // no unused bits
  }

  /** An object identifier, as {@code 1.2.840.113549.1.1.1}. */
  static byte[] oid(String dotted) {
    String[] parts = dotted.split("\\.", -1);
    var out = new ByteArrayOutputStream();
    out.write(Integer.parseInt(parts[0]) * 40 + Integer.parseInt(parts[1]));
    for (int i = 2; i < parts.length; i++) {
      writeBase128(out, Integer.parseInt(parts[i]));
    }
    return value(0x06, out.toByteArray());
  }

  private static void writeBase128(ByteArrayOutputStream out, int number) {
    for (int shift = 28; shift > 0; shift -= 7) {
      if (number >> shift != 0) {
        out.write(0x80 | (number >> shift & 0x7f));
      }
    }
    out.write(number & 0x7f);
  }
}
