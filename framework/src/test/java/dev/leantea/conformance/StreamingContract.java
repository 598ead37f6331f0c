package dev.leantea.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leantea.http.Handler;
import dev.leantea.http.MediaType;
import dev.leantea.http.Request;
import dev.leantea.http.Response;
import dev.leantea.routing.Router;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that flow: pieces as they are flushed, back-pressure both ways, ends that are seen. */
public abstract class StreamingContract extends ServerContract {
  private static final int BLOCK_BYTES = 64 * 1024;
  private static final int BLOCKS = 512; // 32 MiB

  /** The high-water mark, and what the kernel holds for both sides of a loopback connection. */
  private static final long MAX_AHEAD_BYTES = 16L * 1024 * 1024;

  private final Semaphore gate = new Semaphore(0);
  private final AtomicLong written = new AtomicLong();
  private final CompletableFuture<Thread> writer = new CompletableFuture<>();
  private final CompletableFuture<Throwable> broken = new CompletableFuture<>();

  @Override
  protected Handler application() {
    return Router.builder()
        .get("/health", _ -> Response.text(200, "ok"))
        .get("/gated", _ -> Response.stream(200, MediaType.TEXT, this::gated))
        .get("/closed", _ -> Response.stream(200, MediaType.TEXT, this::closed))
        .get("/closed/exact", _ -> Response.stream(200, MediaType.TEXT, 5, this::closed))
        .get("/endless", _ -> Response.stream(200, MediaType.OCTET_STREAM, this::endless))
        .get("/large", _ -> Response.stream(200, MediaType.OCTET_STREAM, StreamingContract::large))
        .get(
            "/large/exact",
            _ -> {
              long length = (long) BLOCKS * BLOCK_BYTES;
              return Response.stream(200, MediaType.OCTET_STREAM, length, StreamingContract::large);
            })
        .post("/digest", StreamingContract::digest)
        .post("/duplex", StreamingContract::duplex)
        .build();
  }

  private void gated(OutputStream out) throws IOException {
    for (String piece : new String[] {"first", "second", "third"}) {
      gate.acquireUninterruptibly();
      out.write(piece.getBytes(StandardCharsets.US_ASCII));
      out.flush();
    }
  }

  /** As a writer does that wraps its output, which closes it. */
  private void closed(OutputStream out) throws IOException {
    out.write('a');
    out.close();
    gate.acquireUninterruptibly();
    out.write("bcd".getBytes(StandardCharsets.US_ASCII));
    out.close();
    out.close();
    out.write('e');
  }

  private void endless(OutputStream out) throws IOException {
    writer.complete(Thread.currentThread());
    byte[] block = new byte[BLOCK_BYTES];
    try {
      while (true) {
        out.write(block);
        written.addAndGet(block.length);
      }
    } catch (Throwable e) {
      broken.complete(e);
      throw e;
    }
  }

  private static void large(OutputStream out) throws IOException {
    byte[] block = ContractApplication.pattern(BLOCK_BYTES);
    for (int i = 0; i < BLOCKS; i++) {
      out.write(block);
    }
  }

  private static Response digest(Request request) throws Exception {
    var in = new DigestInputStream(request.stream(), sha256());
    long bytes = in.transferTo(OutputStream.nullOutputStream());
    return Response.text(200, bytes + " " + hex(in.getMessageDigest()));
  }

  /** Answers while the request is still on its way. */
  private static Response duplex(Request request) throws IOException {
    InputStream in = request.stream();
    return Response.stream(
        200,
        MediaType.OCTET_STREAM,
        out -> {
          out.flush(); // sends the head
          in.transferTo(out);
        });
  }

  private static MessageDigest sha256() throws Exception {
    return MessageDigest.getInstance("SHA-256");
  }

  private static String hex(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest());
  }

  @Test
  void flush_eachPiece_reachesTheClientBeforeTheNextIsWritten() throws IOException {
    try (WireClient client = connect()) {
      client.get("/gated");
      gate.release();
      assertThat(client.readHead(200)).contains("Transfer-Encoding: chunked");
      assertThat(client.readText(10)).isEqualTo("5\r\nfirst\r\n");
      gate.release();
      assertThat(client.readText(11)).isEqualTo("6\r\nsecond\r\n");
      gate.release();
      assertThat(client.readText(15)).isEqualTo("5\r\nthird\r\n0\r\n\r\n");
      assertThat(client.get("/health").read().text()).isEqualTo("ok");
    }
  }

  @Test
  void close_inTheMiddle_sendsWhatWasWrittenAndIsNotTheEnd() throws IOException {
    try (WireClient client = connect()) {
      client.get("/closed").readHead(200);
      assertThat(client.readText(6)).isEqualTo("1\r\na\r\n");
      gate.release();
      assertThat(client.readText(19)).isEqualTo("3\r\nbcd\r\n1\r\ne\r\n0\r\n\r\n");
      client.get("/closed/exact").readHead(200);
      assertThat(client.readText(1)).isEqualTo("a");
      gate.release();
      assertThat(client.readText(4)).isEqualTo("bcde");
      assertThat(client.get("/health").read().text()).isEqualTo("ok");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/large", "/large/exact"})
  void get_32MiB_areTheSameBytes(String path) throws Exception {
    MessageDigest expected = sha256();
    byte[] block = ContractApplication.pattern(BLOCK_BYTES);
    for (int i = 0; i < BLOCKS; i++) {
      expected.update(block);
    }
    try (WireClient client = connect()) {
      byte[] body = client.get(path).read().body();
      assertThat(body).hasSize(BLOCKS * BLOCK_BYTES);
      assertThat(HexFormat.of().formatHex(sha256().digest(body))).isEqualTo(hex(expected));
      assertThat(client.get("/health").read().text()).isEqualTo("ok");
    }
  }

  @Test
  void post_32MiB_areTheSameBytes() throws Exception {
    MessageDigest expected = sha256();
    byte[] block = ContractApplication.pattern(BLOCK_BYTES);
    long bytes = (long) BLOCKS * BLOCK_BYTES;
    try (WireClient client = connect()) {
      client.send("POST /digest HTTP/1.1\r\nHost: a\r\nContent-Length: " + bytes + "\r\n\r\n");
      for (int i = 0; i < BLOCKS; i++) {
        expected.update(block);
        client.send(block);
      }
      assertThat(client.read().text()).isEqualTo(bytes + " " + hex(expected));
      assertThat(client.get("/health").read().text()).isEqualTo("ok");
    }
  }

  @Test
  void post_duplex_answersBeforeTheRequestEnds() throws IOException {
    try (WireClient client = connect()) {
      client.send("POST /duplex HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
      client.send("4\r\nping\r\n");
      client.readHead(200);
      // The answer's piece waits for a flush or 16 KiB; the end of the request brings it.
      client.send("4\r\npong\r\n0\r\n\r\n");
      assertThat(client.readText(18)).isEqualTo("8\r\npingpong\r\n0\r\n\r\n");
      client.expectEnd();
    }
  }

  /** One story, for the writer is one: the client stops reading, and then it leaves. */
  @Test
  void get_clientThatStopsReading_holdsTheWriterAndThenBreaksIt() throws Exception {
    try (WireClient client = connect()) {
      client.get("/endless");
      client.readHead(200);
      Thread thread = writer.get(30, TimeUnit.SECONDS);
      awaitStandstill(thread);
      assertThat(written.get()).isPositive().isLessThan(MAX_AHEAD_BYTES);
      client.reset();
      assertThat(broken.get(30, TimeUnit.SECONDS)).isInstanceOf(IOException.class);
    }
  }

  /** Waits until the writer waits, and has done so without writing anything in between. */
  private void awaitStandstill(Thread thread) {
    int still = 0;
    for (long seen = -1; still < 1000; ) {
      long now = written.get();
      boolean waits = thread.getState() == Thread.State.WAITING;
      still = waits && now == seen ? still + 1 : 0;
      seen = now;
      LockSupport.parkNanos(100_000);
      if (now > MAX_AHEAD_BYTES) {
        return; // the assertion tells
      }
    }
  }

  @Test
  void post_expectContinue_isAskedForAtTheFirstRead() throws Exception {
    try (WireClient client = connect()) {
      client.send(
          """
          POST /digest HTTP/1.1\r
          Host: a\r
          Content-Length: 3\r
          Expect: 100-continue\r
          \r
          """);
      assertThat(client.read().status()).isEqualTo(100);
      client.send("tea");
      assertThat(client.read().text()).startsWith("3 ");
    }
  }
}
