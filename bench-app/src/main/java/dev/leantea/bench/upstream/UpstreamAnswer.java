package dev.leantea.bench.upstream;

import dev.leantea.http.Body;
import dev.leantea.http.HttpException;
import dev.leantea.http.MediaType;
import dev.leantea.http.Response;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;

/**
 * The head of an upstream's answer, with its body still to come. One thread.
 *
 * @param request aborting it closes the connection, unless the answer is complete
 */
record UpstreamAnswer(HttpUriRequestBase request, ClassicHttpResponse answer) {
  /** Maximum body that is read whole before the response begins; a longer one is passed on. */
  private static final int MAX_WHOLE_BYTES = 64 * 1024;

  /**
   * The response that passes it on.
   *
   * @param heartbeat of silence, after which an event stream gets a comment
   * @throws HttpException 502 when the upstream sent what cannot be passed on, or breaks off
   */
  Response response(Duration heartbeat) {
    try {
      return withBody(head(), heartbeat);
    } catch (IllegalArgumentException | IOException e) {
      request.cancel();
      throw new HttpException(502, "the upstream's answer is malformed, or breaks off", e);
    }
  }

  private Response head() {
    Response head = Response.empty(answer.getCode());
    var endToEnd = new EndToEnd(lines("Connection"));
    for (Header field : answer.getHeaders()) {
      if (endToEnd.passesOn(field.getName())) {
        head = head.addHeader(field.getName(), value(field));
      }
    }
    return head.addHeader("Via", EndToEnd.VIA);
  }

  private Response withBody(Response head, Duration heartbeat) throws IOException {
    HttpEntity entity = answer.getEntity();
    if (entity == null) {
      return head;
    }
    long length = entity.getContentLength();
    InputStream body = entity.getContent();
    if (length >= 0 && length <= MAX_WHOLE_BYTES) {
      return head.withBody(new Body.Bytes(whole(body, (int) length)));
    }
    InputStream passedOn =
        new FilterInputStream(body) {
          @Override
          public void close() { // before the end of the body, it closes the connection
            request.cancel();
          }
        };
    boolean comments = takesComments();
    OptionalLong announced = length < 0 ? OptionalLong.empty() : OptionalLong.of(length);
    return head.withBody(
            new Body.Stream(
                out -> new TokenRelay(passedOn, out, heartbeat, comments).run(), announced))
        .onClose(passedOn); // it may not be written at all: to HEAD, or to a client that has left
  }

  /** Reads to the end, which gives the connection back. */
  private static byte[] whole(InputStream body, int length) throws IOException {
    byte[] whole = body.readNBytes(length);
    if (whole.length < length || body.read() >= 0) {
      throw new IOException("expected " + length + " bytes, got " + whole.length);
    }
    return whole;
  }

  /** Whether comments can be put between events: not into a length, nor into a compressed body. */
  private boolean takesComments() {
    return lines("Content-Type").stream()
            .anyMatch(type -> new MediaType(type).matches(MediaType.EVENT_STREAM))
        && !answer.containsHeader("Content-Encoding")
        && !answer.containsHeader("Content-Length");
  }

  private List<String> lines(String name) {
    return Arrays.stream(answer.getHeaders(name)).map(UpstreamAnswer::value).toList();
  }

  private static String value(Header field) {
    return field.getValue() == null ? "" : field.getValue();
  }
}
