package dev.leantea.conformance;

import static dev.leantea.conformance.Http2FrameClient.CONTINUATION;
import static dev.leantea.conformance.Http2FrameClient.DATA;
import static dev.leantea.conformance.Http2FrameClient.END_STREAM;
import static dev.leantea.conformance.Http2FrameClient.GOAWAY;
import static dev.leantea.conformance.Http2FrameClient.HEADERS;
import static dev.leantea.conformance.Http2FrameClient.INITIAL_WINDOW_SIZE;
import static dev.leantea.conformance.Http2FrameClient.RST_STREAM;
import static dev.leantea.conformance.Http2FrameClient.WINDOW_UPDATE;
import static dev.leantea.conformance.Http2FrameClient.frame;
import static dev.leantea.conformance.Http2FrameClient.int32;
import static dev.leantea.conformance.Http2FrameClient.literal;
import static dev.leantea.conformance.Http2FrameClient.request;
import static dev.leantea.conformance.Http2FrameClient.requestFields;
import static org.assertj.core.api.Assertions.assertThat;

import dev.leantea.conformance.Http2FrameClient.Frame;
import dev.leantea.http.Handler;
import dev.leantea.http.Limits;
import dev.leantea.http.MediaType;
import dev.leantea.http.Response;
import dev.leantea.routing.Router;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * HTTP/2 clients that send or take nothing on many streams: the stall timeout ends them, while
 * another client is served.
 */
public abstract class Http2SlowContract extends ServerContract {
  /** What a server allows at least (RFC 9113 §6.5.2 recommends 100). */
  private static final int STREAMS = 100;

  private static final int CONNECTIONS = 20;

  private static final int PROTOCOL_ERROR = 1;

  private static final byte[] CONTENT = new byte[100_000];

  private final Semaphore failedWriters = new Semaphore(0);

  @Override
  protected Limits limits() {
    return Limits.DEFAULTS.toBuilder()
        .stallTimeout(Duration.ofSeconds(2))
        .headTimeout(Duration.ofSeconds(2))
        .build();
  }

  @Override
  protected Handler application() {
    return Router.builder()
        .get("/health", _ -> Response.text(200, "ok"))
        .get("/bytes", _ -> Response.bytes(200, MediaType.OCTET_STREAM, CONTENT))
        .post("/echo", request -> Response.bytes(200, MediaType.OCTET_STREAM, request.bytes()))
        .get("/endless", _ -> Response.stream(200, MediaType.OCTET_STREAM, this::write))
        .build();
  }

  private void write(OutputStream out) throws IOException {
    try {
      while (true) {
        out.write(CONTENT);
      }
    } finally {
      failedWriters.release();
    }
  }

  private static int stream(int number) {
    return 2 * number + 1;
  }

  /** Responses for which the client opens no window. */
  @Test
  void zeroWindow_streamsAreReset() throws Exception {
    try (var client = new Http2FrameClient(port()).begin(INITIAL_WINDOW_SIZE, 0)) {
      for (int i = 0; i < STREAMS; i++) {
        client.get(stream(i), "/bytes");
      }
      assertServed();
      assertThat(ended(client, STREAMS)).hasSize(STREAMS);
    }
  }

  /** Thousands of uploads that do not go on. */
  @Test
  void slowUploads_areEnded() throws Exception {
    List<Http2FrameClient> clients = new ArrayList<>();
    try {
      for (int i = 0; i < CONNECTIONS; i++) {
        var client = new Http2FrameClient(port()).begin();
        clients.add(client);
        for (int k = 0; k < STREAMS; k++) {
          client.send(request(stream(k), "POST", "/echo", 0));
          client.send(frame(DATA, 0, stream(k), (byte) 'a'));
        }
      }
      assertServed();
      for (Http2FrameClient client : clients) {
        assertThat(ended(client, STREAMS)).hasSize(STREAMS);
      }
    } finally {
      for (Http2FrameClient client : clients) {
        client.close();
      }
    }
  }

  /** What begins it arrives at once, on a connection that had no stream. */
  @Test
  void uploadsThatBeginAtOnceAndStop_areEnded() throws Exception {
    try (var client = new Http2FrameClient(port()).begin()) {
      assertThat(client.get(stream(0), "/health").status(stream(0))).isEqualTo(200);
      var all = new ByteArrayOutputStream();
      for (int i = 1; i <= STREAMS; i++) {
        all.writeBytes(request(stream(i), "POST", "/echo", 0));
        all.writeBytes(frame(DATA, 0, stream(i), (byte) 'a'));
      }
      client.send(all.toByteArray());
      assertThat(ended(client, STREAMS)).hasSize(STREAMS);
    }
  }

  /** The streams that were answered or reset. */
  private static Set<Integer> ended(Http2FrameClient client, int streams) throws IOException {
    var ended = new HashSet<Integer>();
    while (ended.size() < streams) {
      Frame frame =
          client.await(
              it -> it.type() == RST_STREAM || (it.stream() != 0 && it.has(END_STREAM)),
              streams + " streams to end, " + ended.size() + " of them did");
      ended.add(frame.stream());
    }
    return ended;
  }

  /** Opens all windows, and reads nothing: what is written for it fails in the end. */
  @Test
  void readerThatStops_isClosed() throws Exception {
    try (var client = new Http2FrameClient(port()).begin(INITIAL_WINDOW_SIZE, Integer.MAX_VALUE)) {
      client.send(frame(WINDOW_UPDATE, 0, 0, int32(Integer.MAX_VALUE - 65_535)));
      for (int i = 0; i < STREAMS; i++) {
        client.get(stream(i), "/endless");
      }
      assertServed();
      assertThat(failedWriters.tryAcquire(STREAMS, 60, TimeUnit.SECONDS)).isTrue();
    }
  }

  /** Fragments that come one by one do not give it more time. */
  @Test
  void fieldBlockThatDoesNotEnd_endsTheConnection() throws Exception {
    try (var client = new Http2FrameClient(port()).begin()) {
      client.send(frame(HEADERS, END_STREAM, 1, requestFields("GET", "/health")));
      assertServed();
      client.send(frame(CONTINUATION, 0, 1, literal("a", "b")));
      Optional<Frame> frame = client.read();
      while (frame.isPresent() && frame.get().type() != GOAWAY) {
        frame = client.read();
      }
      assertThat(frame).isPresent();
      assertThat(frame.get().errorCode()).isEqualTo(PROTOCOL_ERROR);
    }
  }

  private void assertServed() throws IOException {
    try (var neighbour = new Http2FrameClient(port()).begin()) {
      assertThat(neighbour.get(1, "/health").status(1)).isEqualTo(200);
    }
  }
}
