package dev.leantea.http1;

import dev.leantea.http.Body;
import dev.leantea.http.Response;

/** Puts responses on a connection's transport. One owner thread. */
final class ResponseSender {
  /** A body up to this size goes out in one piece with its head. */
  private static final int MOST_JOINED_OCTETS = 16 * 1024;

  private final ResponseWriter writer;
  private final Transport transport;

  ResponseSender(ResponseWriter writer, Transport transport) {
    this.writer = writer;
    this.transport = transport;
  }

  /**
   * Sends a response as a whole.
   *
   * @param streamLength what the head says of a streamed body, which is left out
   */
  void send(Response response, boolean keep, boolean withBody, long streamLength) {
    switch (response.body()) {
      case Body.Bytes(byte[] content) -> {
        if (withBody) {
          send(response, keep, content);
        } else {
          head(response, content.length, keep);
        }
      }
      case Body.Stream _ -> head(response, streamLength, keep);
      case Body.Upgrade _ ->
          throw new IllegalStateException("response: expected one that ends, got an upgrade");
    }
  }

  private void send(Response response, boolean keep, byte[] content) {
    OutputBuffer out = writer.head(response, content.length, keep);
    boolean joined = content.length <= MOST_JOINED_OCTETS;
    if (joined) {
      out.put(content);
    }
    transport.send(out.array(), 0, out.size());
    if (!joined) {
      transport.sendWhole(content);
    }
  }

  /** Sends a head alone. */
  void head(Response response, long length, boolean keep) {
    OutputBuffer out = writer.head(response, length, keep);
    transport.send(out.array(), 0, out.size());
  }
}
