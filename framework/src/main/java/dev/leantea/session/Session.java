package dev.leantea.session;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * A session as it is kept:
 *
 * <pre>
 *  ┌───────────────┬───────────────────────────────┬────────────────────────────┬──────┐
 *  │ version, 1 B  │ begun, seconds of Unix, 8 B   │ used, seconds of Unix, 8 B │ JSON │
 *  └───────────────┴───────────────────────────────┴────────────────────────────┴──────┘
 * </pre>
 *
 * @param begun for the absolute limit
 * @param used for the idle limit of a session that is in a cookie
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Session(Instant begun, Instant used, byte[] json) {
  /** Bytes before the JSON. */
  static final int HEAD_BYTES = 17;

  private static final byte VERSION = 1;

  static Session begin(Instant now, byte[] json) {
    return new Session(now, now, json);
  }

  Session withJson(Instant now, byte[] other) {
    return new Session(begun, now, other);
  }

  byte[] encode() {
    return ByteBuffer.allocate(HEAD_BYTES + json.length)
        .put(VERSION)
        .putLong(begun.getEpochSecond())
        .putLong(used.getEpochSecond())
        .put(json)
        .array();
  }

  /** Empty when it was written by another version. */
  static Optional<Session> decode(byte[] encoded) {
    if (encoded.length < HEAD_BYTES || encoded[0] != VERSION) {
      return Optional.empty();
    }
    ByteBuffer head = ByteBuffer.wrap(encoded, 1, HEAD_BYTES - 1);
    return Optional.of(
        new Session(
            Instant.ofEpochSecond(head.getLong()),
            Instant.ofEpochSecond(head.getLong()),
            Arrays.copyOfRange(encoded, HEAD_BYTES, encoded.length)));
  }
}
