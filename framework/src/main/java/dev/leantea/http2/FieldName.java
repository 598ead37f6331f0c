package dev.leantea.http2;

/**
 * A field's name, with what HTTP/2 has to know of it. Names in {@link FieldNames} exist once; other
 * names are made when they are decoded.
 *
 * <p>Immutable; any thread.
 */
final class FieldName {
  /** What a name means to a request (RFC 9113 §8.2, §8.3). */
  enum Kind {
    /** The pseudo-header fields of a request; {@code PROTOCOL} is that of RFC 8441. */
    METHOD,
    SCHEME,
    AUTHORITY,
    PATH,
    PROTOCOL,
    /** Begins with a colon, and is not a pseudo-header field of a request: malformed. */
    UNKNOWN_PSEUDO,
    /** Not a token in lower case: malformed (RFC 9113 §8.2.1). */
    INVALID,
    /** Connection-specific, thus malformed in HTTP/2 (RFC 9113 §8.2.2). */
    CONNECTION_SPECIFIC,
    /** Malformed unless its value is {@code trailers} (RFC 9113 §8.2.2). */
    TE,
    HOST,
    CONTENT_LENGTH,
    COOKIE,
    EXPECT,
    /** RFC 9218 §5. */
    PRIORITY,
    /** All others. */
    REGULAR;

    /** Whether this is one of the pseudo-header fields that a request may have. */
    boolean isPseudo() {
      return compareTo(PROTOCOL) <= 0;
    }
  }

  /** As it was received, or as it is sent: in lower case, if it is valid. */
  final String text;

  final Kind kind;

  /** The first index in the static table with this name; 0 if there is none. */
  final int staticIndex;

  /** Whether values are never indexed when sent (RFC 7541 §7.1.3). */
  final boolean secret;

  FieldName(String text, Kind kind, int staticIndex, boolean secret) {
    this.text = text;
    this.kind = kind;
    this.staticIndex = staticIndex;
    this.secret = secret;
  }

  @Override
  public String toString() {
    return text;
  }
}
