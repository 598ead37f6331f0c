package dev.leantea.http1;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leantea.conformance.ContractApplication;
import dev.leantea.conformance.WireClient.Reply;
import dev.leantea.http.BodyWriter;
import dev.leantea.http.HttpException;
import dev.leantea.http.Limits;
import dev.leantea.http.MediaType;
import dev.leantea.http.Response;
import dev.leantea.http1.MemoryTransport.Style;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ResponseStreamTest {
  private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

  private static MemoryPeer peer(Style style, OptionalLong length, BodyWriter writer) {
    Response response =
        length.isPresent()
            ? Response.stream(200, MediaType.TEXT, length.getAsLong(), writer)
            : Response.stream(200, MediaType.TEXT, writer);
    return new MemoryPeer(style, _ -> response, Limits.DEFAULTS);
  }

  @ParameterizedTest
  @EnumSource
  void write_unknownLength_chunks(Style style) {
    byte[] content = ContractApplication.pattern(100_000);
    MemoryPeer peer = peer(style, OptionalLong.empty(), out -> out.write(content));
    Reply reply = peer.send(GET).reply();
    assertThat(reply.field("Transfer-Encoding")).isEqualTo("chunked");
    assertThat(reply.body()).isEqualTo(content);
    assertThat(peer.transport.ended()).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void write_knownLength_thoseBytes(Style style) {
    byte[] content = ContractApplication.pattern(100_000);
    MemoryPeer peer =
        peer(
            style,
            OptionalLong.of(content.length),
            out -> {
              for (byte b : content) {
                out.write(b);
              }
            });
    assertThat(peer.send(GET).reply().body()).isEqualTo(content);
  }

  @ParameterizedTest
  @EnumSource
  void file_partOfIt_isTheBody(Style style, @TempDir Path folder) throws IOException {
    byte[] content = ContractApplication.pattern(3_000_000);
    Path path = Files.write(folder.resolve("tea.bin"), content);
    for (int length : new int[] {0, 1_000, 2_500_000}) {
      Response response = Response.file(200, path, 10, length);
      Reply reply = new MemoryPeer(style, _ -> response, Limits.DEFAULTS).send(GET).reply();
      assertThat(reply.body()).isEqualTo(Arrays.copyOfRange(content, 10, 10 + length));
    }
  }

  @ParameterizedTest
  @EnumSource
  void file_thatIsGone_500InPlaceOfAHead(Style style, @TempDir Path folder) {
    for (int length : new int[] {1_000, 2_500_000}) {
      Response response = Response.file(200, folder.resolve("none"), 0, length);
      MemoryPeer peer = new MemoryPeer(style, _ -> response, Limits.DEFAULTS).send(GET + GET);
      assertThat(peer.statuses()).containsExactly(500, 500);
    }
  }

  @ParameterizedTest
  @EnumSource
  void writer_throwsBeforeTheFirstFlush_isAnErrorResponse(Style style) {
    MemoryPeer peer =
        peer(
            style,
            OptionalLong.empty(),
            out -> {
              out.write(new byte[16_383]);
              throw new HttpException(409, "changed meanwhile");
            });
    assertThat(peer.send(GET + GET).statuses()).containsExactly(409, 409);
    assertThat(peer.transport.ended()).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void writer_flushesFirst_sendsTheHead(Style style) {
    var go = new CountDownLatch(1);
    MemoryPeer peer =
        peer(
            style,
            OptionalLong.empty(),
            out -> {
              out.flush();
              if (style != Style.THREAD) {
                go.await();
              }
              out.write('a');
            });
    peer.send(GET);
    String sent = Bytes.latin1(peer.transport.sent(), 0, peer.transport.sent().length);
    assertThat(sent)
        .startsWith("HTTP/1.1 200 OK")
        .endsWith(style == Style.THREAD ? "0\r\n\r\n" : "\r\n\r\n");
    peer.transport.event(go::countDown);
    assertThat(peer.reply().text()).isEqualTo("a");
  }

  @Test
  void flush_sendsWhatWasWritten_andAnEmptyOneNothing() {
    MemoryPeer peer =
        peer(
            Style.CARRIED,
            OptionalLong.empty(),
            out -> {
              out.flush();
              out.write('a');
              out.flush();
              out.flush();
              out.write('b');
            });
    peer.send(GET);
    String sent = Bytes.latin1(peer.transport.sent(), 0, peer.transport.sent().length);
    assertThat(sent).endsWith("\r\n\r\n1\r\na\r\n1\r\nb\r\n0\r\n\r\n");
  }

  @Test
  void close_isNotTheEnd() {
    MemoryPeer peer =
        peer(
            Style.CARRIED,
            OptionalLong.empty(),
            out -> {
              out.write('a');
              out.close();
              out.write('b');
            });
    assertThat(peer.send(GET).reply().text()).isEqualTo("ab");
  }

  @ParameterizedTest
  @EnumSource
  void write_fewerOrMoreThanDeclared_endsTheConnection(Style style) {
    for (int written : new int[] {9, 11}) {
      MemoryPeer peer =
          peer(
                  style,
                  OptionalLong.of(10),
                  out -> {
                    out.flush();
                    out.write(new byte[written]);
                  })
              .send(GET);
      assertThat(peer.transport.ended()).isTrue();
      assertThat(peer.transport.failures()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void write_fewerOrMoreThanDeclaredBeforeTheHead_500(Style style) {
    for (int written : new int[] {9, 11}) {
      MemoryPeer peer = peer(style, OptionalLong.of(10), out -> out.write(new byte[written]));
      assertThat(peer.send(GET + GET).statuses()).containsExactly(500, 500);
    }
  }

  @ParameterizedTest
  @EnumSource
  void writer_throws_endsTheConnectionWithoutALastChunk(Style style) {
    MemoryPeer peer =
        peer(
            style,
            OptionalLong.empty(),
            out -> {
              out.write('a');
              out.flush();
              throw new IOException("broken on purpose");
            });
    peer.send(GET);
    String sent = Bytes.latin1(peer.transport.sent(), 0, peer.transport.sent().length);
    assertThat(sent).endsWith("1\r\na\r\n");
    assertThat(peer.transport.ended()).isTrue();
  }

  @Test
  void write_afterTheWriterReturned_throws() {
    var kept = new AtomicReference<OutputStream>();
    peer(Style.CARRIED, OptionalLong.empty(), kept::set).send(GET);
    Assertions.assertThatThrownBy(() -> kept.get().write('a'))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("after the writer returned");
  }

  @Test
  void write_clientDoesNotRead_writerWaitsAndGoesOn() {
    byte[] content = ContractApplication.pattern(1_000_000);
    MemoryPeer peer = peer(Style.CARRIED, OptionalLong.empty(), out -> out.write(content));
    peer.transport.reading(false);
    peer.send(GET);
    assertThat(peer.transport.unsent()).isBetween(60_000L, 120_000L);
    peer.transport.reading(true);
    assertThat(peer.reply().body()).isEqualTo(content);
  }

  @Test
  void write_clientGone_throwsInTheWriter() {
    var thrown = new AtomicReference<Throwable>(new AssertionError("nothing was thrown"));
    MemoryPeer peer =
        peer(
            Style.CARRIED,
            OptionalLong.empty(),
            out -> {
              try {
                out.write(new byte[1_000_000]);
              } catch (IOException e) {
                thrown.set(e);
                throw e;
              }
            });
    peer.transport.reading(false);
    peer.send(GET);
    peer.transport.event(() -> peer.connection.broken());
    assertThat(thrown.get()).hasMessage("the client closed the connection");
  }
}
