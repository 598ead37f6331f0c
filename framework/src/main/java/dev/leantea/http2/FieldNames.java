package dev.leantea.http2;

import dev.leantea.http2.FieldName.Kind;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Names that are common in messages, each as one object: the static table's, and those below. A
 * hash table with open addressing, which is searched without making a string.
 */
final class FieldNames {
  /** Common in requests and responses, and not in the static table. */
  private static final String OTHERS =
      """
      :protocol
      access-control-allow-credentials
      access-control-allow-headers
      access-control-allow-methods
      access-control-expose-headers
      access-control-max-age
      access-control-request-headers
      access-control-request-method
      alt-svc
      connection
      content-security-policy
      cross-origin-opener-policy
      cross-origin-resource-policy
      dnt
      early-data
      forwarded
      grpc-encoding
      grpc-status
      grpc-timeout
      keep-alive
      last-event-id
      origin
      permissions-policy
      pragma
      priority
      proxy-connection
      referrer-policy
      sec-ch-ua
      sec-ch-ua-mobile
      sec-ch-ua-platform
      sec-fetch-dest
      sec-fetch-mode
      sec-fetch-site
      sec-fetch-user
      sec-gpc
      sec-websocket-extensions
      sec-websocket-protocol
      sec-websocket-version
      server-timing
      te
      traceparent
      tracestate
      trailer
      upgrade
      upgrade-insecure-requests
      x-content-type-options
      x-forwarded-for
      x-forwarded-host
      x-forwarded-proto
      x-frame-options
      x-request-id
      x-requested-with
      """;

  private static final Map<String, Kind> KINDS =
      Map.ofEntries(
          Map.entry(":method", Kind.METHOD),
          Map.entry(":scheme", Kind.SCHEME),
          Map.entry(":authority", Kind.AUTHORITY),
          Map.entry(":path", Kind.PATH),
          Map.entry(":protocol", Kind.PROTOCOL),
          Map.entry("connection", Kind.CONNECTION_SPECIFIC),
          Map.entry("keep-alive", Kind.CONNECTION_SPECIFIC),
          Map.entry("proxy-connection", Kind.CONNECTION_SPECIFIC),
          Map.entry("transfer-encoding", Kind.CONNECTION_SPECIFIC),
          Map.entry("upgrade", Kind.CONNECTION_SPECIFIC),
          Map.entry("te", Kind.TE),
          Map.entry("host", Kind.HOST),
          Map.entry("content-length", Kind.CONTENT_LENGTH),
          Map.entry("cookie", Kind.COOKIE),
          Map.entry("expect", Kind.EXPECT),
          Map.entry("priority", Kind.PRIORITY));

  /** Values that a proxy, too, must not keep in a table (RFC 7541 §7.1.3). */
  private static final Set<String> SECRETS =
      Set.of("authorization", "cookie", "proxy-authorization", "set-cookie");

  private static final int MASK = 255;
  private static final @Nullable FieldName[] TABLE = new FieldName[MASK + 1];

  static {
    for (int i = StaticTable.SIZE; i >= 1; i--) {
      put(StaticTable.name(i), i); // downwards, because the first index of a name counts
    }
    OTHERS.lines().forEach(name -> put(name.intern(), 0));
  }

  private FieldNames() {}

  private static void put(String text, int staticIndex) {
    int slot = hash(text) & MASK;
    FieldName other = TABLE[slot];
    while (other != null && !other.text.equals(text)) {
      slot = (slot + 1) & MASK;
      other = TABLE[slot];
    }
    TABLE[slot] = new FieldName(text, kind(text), staticIndex, SECRETS.contains(text));
  }

  private static Kind kind(String text) {
    return KINDS.getOrDefault(text, text.startsWith(":") ? Kind.UNKNOWN_PSEUDO : Kind.REGULAR);
  }

  /** The common name that equals {@code text} in any case; otherwise a new one as it is written. */
  static FieldName of(String text) {
    FieldName known = known(text);
    if (known != null) {
      return known;
    }
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    return new FieldName(text, kindOf(bytes, 0, bytes.length), 0, false);
  }

  /** The common name that equals {@code text} in any case; null if there is none. */
  static @Nullable FieldName known(String text) {
    int slot = hash(text) & MASK;
    FieldName name = TABLE[slot];
    while (name != null && !name.text.equalsIgnoreCase(text)) {
      slot = (slot + 1) & MASK;
      name = TABLE[slot];
    }
    return name;
  }

  private static int hash(String text) {
    int hash = 0;
    for (int i = 0; i < text.length(); i++) {
      hash = 31 * hash + lower(text.charAt(i));
    }
    return hash ^ hash >>> 15;
  }

  /** The character in lower case, if it is a letter of ASCII. */
  static int lower(int c) {
    return c >= 'A' && c <= 'Z' ? c | 0x20 : c;
  }

  /** The name in a received field: the common one, or a new one. */
  static FieldName of(byte[] bytes, int from, int to) {
    int slot = hash(bytes, from, to) & MASK;
    FieldName name = TABLE[slot];
    while (name != null && !equals(name.text, bytes, from, to)) {
      slot = (slot + 1) & MASK;
      name = TABLE[slot];
    }
    if (name != null) {
      return name;
    }
    String text = new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    return new FieldName(text, kindOf(bytes, from, to), 0, false);
  }

  private static int hash(byte[] bytes, int from, int to) {
    int hash = 0;
    for (int i = from; i < to; i++) {
      hash = 31 * hash + bytes[i];
    }
    return hash ^ hash >>> 15;
  }

  private static boolean equals(String text, byte[] bytes, int from, int to) {
    if (text.length() != to - from) {
      return false;
    }
    for (int i = from; i < to; i++) {
      if (text.charAt(i - from) != bytes[i]) {
        return false;
      }
    }
    return true;
  }

  private static Kind kindOf(byte[] bytes, int from, int to) {
    if (from < to && bytes[from] == ':') {
      return Kind.UNKNOWN_PSEUDO;
    }
    return FieldBytes.isLowerCaseToken(bytes, from, to) ? Kind.REGULAR : Kind.INVALID;
  }
}
