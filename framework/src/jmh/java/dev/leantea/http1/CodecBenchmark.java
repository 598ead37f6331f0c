package dev.leantea.http1;

import dev.leantea.http.Limits;
import dev.leantea.http.Response;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Our codec and Netty's {@code HttpServerCodec} on the same bytes: a browser's GET and a small
 * answer to it, and a chunked POST.
 *
 * <p>Netty's codec runs in a channel, as it was made to; {@link #nettyChannelAlone} is what that
 * channel costs without a codec, to be taken off Netty's figures by who wants to. A codec of Netty's
 * remembers the requests it has to answer, so each is answered: {@link #nettyExchange} is to be held
 * against {@link #ourExchange}, which does the same.
 *
 * <pre>
 *  mvn -Pjmh -pl framework test-compile exec:exec -Djmh.include=CodecBenchmark
 * </pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class CodecBenchmark {
  private static final int CHUNK_OCTETS = 1_024;
  private static final int CHUNKS = 16;

  private static final byte[] GET =
      latin1(
          """
          GET /products/42?sort=price&page=3 HTTP/1.1
          Host: shop.example.org
          User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0
          Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8
          Accept-Language: en-GB,en;q=0.7,de;q=0.3
          Accept-Encoding: gzip, deflate, br, zstd
          Referer: https://shop.example.org/products?sort=price
          Connection: keep-alive
          Cookie: session=0f8fad5b-d9cb-469f-a165-70867728950e; theme=dark
          Upgrade-Insecure-Requests: 1
          Sec-Fetch-Dest: document
          Sec-Fetch-Mode: navigate
          Sec-Fetch-Site: same-origin
          Priority: u=0, i

          """);

  private static final byte[] CHUNKED_BODY = chunks();

  private static final byte[] CHUNKED_HEAD =
      latin1("POST /echo HTTP/1.1\nHost: a\nTransfer-Encoding: chunked\n\n");

  private static final byte[] CHUNKED_POST = joined(CHUNKED_HEAD, CHUNKED_BODY);

  private final int[] lineEnds = new int[Limits.DEFAULTS.fieldCount() + 2];
  private final ReceiveBuffer in = new ReceiveBuffer();
  private final RequestParser parser = new RequestParser(Limits.DEFAULTS);
  private final ResponseWriter writer = new ResponseWriter();
  private final RequestHead head = parsedHead();

  private final EmbeddedChannel codec = new EmbeddedChannel(new HttpServerCodec());
  private final EmbeddedChannel bare = new EmbeddedChannel();
  private final HttpRequest nettyRequest = nettyHead();

  private RequestHead parsedHead() {
    try {
      in.add(GET, 0, GET.length);
      return new RequestParser(Limits.DEFAULTS).parse(in, lineEnds);
    } catch (ProtocolException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Of a codec of its own, which need not answer it. */
  private static HttpRequest nettyHead() {
    EmbeddedChannel channel = new EmbeddedChannel(new HttpServerCodec());
    channel.writeInbound(Unpooled.wrappedBuffer(GET));
    return channel.readInbound();
  }

  @Benchmark
  public RequestHead ourParser() throws ProtocolException {
    in.add(GET, 0, GET.length);
    return parser.parse(in, lineEnds);
  }

  @Benchmark
  public OutputBuffer ourWriter() {
    return writer.head(Response.text(200, "ok"), 2, true);
  }

  @Benchmark
  public void ourExchange(Blackhole results) throws ProtocolException {
    RequestHead parsed = ourParser();
    results.consume(parsed);
    results.consume(writer.head(Response.text(200, "ok"), 2, KeepAlive.allowed(parsed, false)));
  }

  @Benchmark
  public void nettyExchange(Blackhole results) {
    read(GET, results);
    answer(results);
  }

  @Benchmark
  public void nettyChannelAlone(Blackhole results) {
    bare.writeInbound(Unpooled.wrappedBuffer(GET));
    Object message = bare.readInbound();
    results.consume(message);
    ReferenceCountUtil.release(message);
  }

  @Benchmark
  public boolean ourKeepAlive() {
    return KeepAlive.allowed(head, false);
  }

  @Benchmark
  public boolean nettyKeepAlive() {
    return HttpUtil.isKeepAlive(nettyRequest);
  }

  /** The head, then 16 chunks of 1 KiB. */
  @Benchmark
  public void ourChunkedExchange(Blackhole results) throws Exception {
    in.add(CHUNKED_POST, 0, CHUNKED_POST.length);
    results.consume(parser.parse(in, lineEnds));
    RequestBody body = new RequestBody(new BodySource(), -1, CHUNKED_BODY.length);
    if (!new ChunkedDecoder(Limits.DEFAULTS, lineEnds).decode(in, body)) {
      throw new IllegalStateException("expected a complete body");
    }
    body.end();
    results.consume(body.bytes());
    results.consume(writer.head(Response.text(200, "ok"), 2, true));
  }

  @Benchmark
  public void nettyChunkedExchange(Blackhole results) {
    read(CHUNKED_POST, results);
    answer(results);
  }

  private void read(byte[] request, Blackhole results) {
    codec.writeInbound(Unpooled.wrappedBuffer(request));
    for (Object part = codec.readInbound(); part != null; part = codec.readInbound()) {
      results.consume(part);
      ReferenceCountUtil.release(part);
    }
  }

  /** With the lines that ours writes. */
  private void answer(Blackhole results) {
    var response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            HttpResponseStatus.OK,
            Unpooled.wrappedBuffer(new byte[] {'o', 'k'}));
    response
        .headers()
        .set("Date", "Tue, 24 Nov 2026 08:00:00 GMT")
        .set("Connection", "keep-alive")
        .set("Content-Length", "2")
        .set("Content-Type", "text/plain; charset=utf-8");
    codec.writeOutbound(response);
    for (ByteBuf bytes = codec.readOutbound(); bytes != null; bytes = codec.readOutbound()) {
      results.consume(bytes);
      bytes.release();
    }
  }

  private static byte[] latin1(String lines) {
    return lines.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] chunks() {
    String chunk = Integer.toHexString(CHUNK_OCTETS) + "\n" + "x".repeat(CHUNK_OCTETS) + "\n";
    return latin1(chunk.repeat(CHUNKS) + "0\n\n");
  }

  private static byte[] joined(byte[] first, byte[] second) {
    byte[] all = new byte[first.length + second.length];
    System.arraycopy(first, 0, all, 0, first.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    return all;
  }
}
