package dev.leantea.http2;

import dev.leantea.http.Headers;
import dev.leantea.http.Limits;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one request as they are decoded: pseudo-header fields apart from the others, which
 * become the request's {@link Headers}. The first thing that is wrong is kept as the {@link
 * #refusal}; the rest of the block is still decoded, so that the table stays in step.
 *
 * <pre>
 *  accept* ─▶ RequestRules: complete and well-formed? ─▶ Headers of the request
 * </pre>
 *
 * <p>Filled by the owner thread; then immutable, and any thread reads it.
 */
final class RequestFields implements Headers, Consumer<HpackField> {
  /** The value of {@link #contentLength} without such a field. */
  static final long NO_LENGTH = -1;

  /** Bytes of a line beyond its name and value in HTTP/1.1, for which the limits were made. */
  private static final int LINE_OVERHEAD = 4;

  private static final FieldName HOST = FieldNames.of("host");
  private static final FieldName COOKIE = FieldNames.of("cookie");

  private final Limits limits;
  private HpackField[] fields = new HpackField[12];
  private int size;
  private long bytes;
  private int cookies;
  private int hosts;

  String method = "";
  String scheme = "";
  String authority = "";
  String path = "";
  String protocol = "";
  String host = "";
  String priority = "";
  long contentLength = NO_LENGTH;
  boolean expectsContinue;
  private @Nullable Refusal refusal;

  RequestFields(Limits limits) {
    this.limits = limits;
  }

  /** Why the request is refused; null if nothing is wrong so far. */
  @Nullable Refusal refusal() {
    return refusal;
  }

  /** Refuses the request, unless it was refused before. */
  void refuse(Refusal why) {
    if (refusal == null) {
      refusal = why;
    }
  }

  void refuseUnless(boolean holds, Refusal why) {
    if (!holds) {
      refuse(why);
    }
  }

  /** Whether there was a host field. */
  boolean hasHost() {
    return hosts > 0;
  }

  // ---- decoding

  @Override
  public void accept(HpackField field) {
    FieldName name = field.name;
    if (name.kind == FieldName.Kind.INVALID) {
      refuse(Refusal.FIELD_NAME);
    } else if (!field.validValue) {
      refuse(Refusal.value(name));
    } else if (name.kind.isPseudo()) {
      pseudo(name.kind, field.value);
    } else {
      regular(field);
    }
  }

  /** RFC 9113 §8.3: each once, not empty, before all others. */
  private void pseudo(FieldName.Kind kind, String value) {
    boolean first =
        switch (kind) {
          case METHOD -> method.isEmpty();
          case SCHEME -> scheme.isEmpty();
          case AUTHORITY -> authority.isEmpty();
          case PATH -> path.isEmpty();
          case PROTOCOL -> protocol.isEmpty();
          default -> throw new IllegalStateException("expected a pseudo-field, got " + kind);
        };
    if (!first || size > 0 || value.isEmpty()) {
      refuse(Refusal.PSEUDO_FIELD);
      return;
    }
    switch (kind) {
      case METHOD -> method = value;
      case SCHEME -> scheme = value;
      case AUTHORITY -> authority = value;
      case PATH -> path = value;
      default -> protocol = value;
    }
  }

  private void regular(HpackField field) {
    switch (field.name.kind) {
      case UNKNOWN_PSEUDO -> refuse(Refusal.PSEUDO_FIELD);
      case CONNECTION_SPECIFIC -> refuse(Refusal.CONNECTION_FIELD);
      case TE -> te(field.value);
      case HOST -> host(field.value);
      case CONTENT_LENGTH -> contentLength(field.value);
      case EXPECT -> expect(field.value);
      case COOKIE -> cookies++;
      case PRIORITY -> priority = field.value;
      default -> {}
    }
    add(field);
  }

  private void te(String value) {
    if (!value.equalsIgnoreCase("trailers")) {
      refuse(Refusal.CONNECTION_FIELD); // RFC 9113 §8.2.2
    }
  }

  private void host(String value) {
    if (++hosts > 1) {
      refuse(Refusal.AUTHORITY);
    }
    host = value;
  }

  /** RFC 9110 §8.6: digits only, and once. */
  private void contentLength(String value) {
    long length = 0;
    boolean valid = contentLength == NO_LENGTH && !value.isEmpty();
    for (int i = 0; i < value.length() && valid; i++) {
      int digit = value.charAt(i) - '0';
      valid = digit >= 0 && digit <= 9 && length <= (Long.MAX_VALUE - digit) / 10;
      length = length * 10 + digit;
    }
    if (valid) {
      contentLength = length;
    } else {
      refuse(Refusal.CONTENT_LENGTH);
    }
  }

  /** RFC 9110 §10.1.1: 100-continue is the only one. */
  private void expect(String value) {
    if (value.equalsIgnoreCase("100-continue")) {
      expectsContinue = true;
    } else {
      refuse(Refusal.EXPECTATION);
    }
  }

  private void add(HpackField field) {
    bytes += field.name.text.length() + field.value.length() + LINE_OVERHEAD;
    if (bytes > limits.fieldSection() || size >= limits.fieldCount()) {
      refuse(Refusal.TOO_MANY_FIELDS);
    } else {
      append(field);
    }
  }

  private void append(HpackField field) {
    if (size == fields.length) {
      fields = Arrays.copyOf(fields, size * 2);
    }
    fields[size++] = field;
  }

  // ---- what HTTP/1.1 has in other fields

  /** The authority as a host field, which handlers know from HTTP/1.1 (RFC 9113 §8.3.1). */
  void addHost() {
    if (hosts == 0) {
      hosts = 1;
      append(new HpackField(HOST, authority, true));
    }
  }

  /** RFC 9113 §8.2.3: several cookie fields are one, as a handler expects it. */
  void joinCookies() {
    if (cookies < 2) {
      return;
    }
    var all = new StringBuilder();
    int kept = 0;
    for (int i = 0; i < size; i++) {
      if (fields[i].name.kind == FieldName.Kind.COOKIE) {
        all.append(all.isEmpty() ? "" : "; ").append(fields[i].value);
      } else {
        fields[kept++] = fields[i];
      }
    }
    fields[kept++] = new HpackField(COOKIE, all.toString(), true);
    size = kept;
  }

  /** Adds a field that the client has not sent. */
  void add(FieldName name, String value) {
    append(new HpackField(name, value, true));
  }

  // ---- Headers

  @Override
  public int size() {
    return size;
  }

  @Override
  public String name(int index) {
    return fields[index].name.text;
  }

  @Override
  public String value(int index) {
    return fields[index].value;
  }

  @Override
  public String toString() {
    return method + " " + path;
  }
}
