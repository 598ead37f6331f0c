package dev.leantea.http;

import java.util.OptionalLong;

/** What a response carries. Each backend's writer is one switch over these. */
public sealed interface Body {
  /** Nothing; the response says {@code Content-Length: 0}. */
  Body EMPTY = new Bytes(new byte[0]);

  /**
   * A body in memory. The array is not copied: do not change it afterwards.
   *
   * @param content the octets to send
   */
  @SuppressWarnings(
      "ArrayRecordComponent") // compared by nobody, and copied by nobody: the hot path
  record Bytes(byte[] content) implements Body {}

  /**
   * A body that is written while it is sent: chunked in HTTP/1.1, delimited by the connection's end
   * in HTTP/1.0, exact when the length is given.
   *
   * @param writer called on a virtual thread, after the head was queued
   * @param length the number of octets the writer will write, or empty
   */
  record Stream(BodyWriter writer, OptionalLong length) implements Body {}

  /**
   * No body: the connection leaves HTTP and speaks another protocol (RFC 9110 §7.8).
   *
   * @param protocol a name for the {@code Upgrade} field, such as {@code websocket}
   * @param handler called on a virtual thread, after the head was queued
   */
  record Upgrade(String protocol, UpgradeHandler handler) implements Body {
    public Upgrade {
      Headers.requireName(protocol);
    }
  }
}
