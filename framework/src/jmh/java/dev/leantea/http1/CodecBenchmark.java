package dev.leantea.http1;

import dev.leantea.exchange.BodySource;
import dev.leantea.exchange.IncomingBody;
import dev.leantea.http.Limits;
import dev.leantea.http.Response;
import dev.leantea.wire.WireListener;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.Map;
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
 * Our codec and Netty's on the same bytes, step by step and as a whole: a browser's GET and a small
 * answer to it, and a POST in chunks.
 *
 * <p>Netty's codec runs in a channel, as it was made to; {@link #nettyChannelAlone} is what that
 * channel costs without a codec, to be taken off Netty's figures by who wants to. Both sides give
 * the same: {@code Exchange} is from the request's bytes to those of the answer, with a whole
 * request in a handler's hands; {@code ParserAllFields} reads every name and value as a string,
 * which both make only when asked. What Netty counts is released.
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
  private static final int CHUNK_BYTES = 1_024;
  private static final int CHUNKS = 16;
  private static final int MAX_BYTES = 8 * 1024 * 1024;

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
  private final HeadWriter writer = new HeadWriter();
  private final RequestHead head = parsedHead();
  private final ExchangeTransport transport = new ExchangeTransport();
  private final WireListener connection = transport.connection();

  private final EmbeddedChannel decoder = new EmbeddedChannel(new HttpRequestDecoder());
  private final EmbeddedChannel encoder = new EmbeddedChannel(new HttpResponseEncoder());
  private final EmbeddedChannel codec = new EmbeddedChannel(new HttpServerCodec());
  private final EmbeddedChannel server =
      new EmbeddedChannel(
          new HttpServerCodec(), new HttpObjectAggregator(MAX_BYTES), new NettyHandler());
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

  private static HttpRequest nettyHead() {
    EmbeddedChannel channel = new EmbeddedChannel(new HttpRequestDecoder());
    channel.writeInbound(Unpooled.wrappedBuffer(GET));
    return channel.readInbound();
  }

  // ---- the request's head

  @Benchmark
  public RequestHead ourParser() throws ProtocolException {
    in.add(GET, 0, GET.length);
    return parser.parse(in, lineEnds);
  }

  @Benchmark
  public void nettyParser(Blackhole results) {
    read(decoder, GET, results);
  }

  @Benchmark
  public void ourParserAllFields(Blackhole results) throws ProtocolException {
    RequestHead parsed = ourParser();
    results.consume(parsed.method);
    results.consume(parsed.target());
    for (int i = 0; i < parsed.size(); i++) {
      results.consume(parsed.name(i));
      results.consume(parsed.value(i));
    }
  }

  @Benchmark
  public void nettyParserAllFields(Blackhole results) {
    decoder.writeInbound(Unpooled.wrappedBuffer(GET));
    HttpRequest request = decoder.readInbound();
    results.consume(request.method());
    results.consume(request.uri());
    for (Map.Entry<String, String> field : request.headers()) {
      results.consume(field.getKey());
      results.consume(field.getValue());
    }
    consumeAll(decoder, results); // the end of the request
  }

  // ---- the answer's head

  @Benchmark
  public byte[] ourWriter() {
    return written(Response.text(200, "ok"));
  }

  /** The memory that holds the head. */
  private byte[] written(Response response) {
    writer.write(transport, response, BodyFraming.FIXED, 2, true, 0);
    return transport.reserve(0);
  }

  @Benchmark
  public void nettyWriter(Blackhole results) {
    encoder.writeOutbound(NettyHandler.answer());
    written(encoder, results);
  }

  // ---- keep-alive

  @Benchmark
  public boolean ourKeepAlive() {
    return KeepAlive.allowed(head, false);
  }

  @Benchmark
  public boolean nettyKeepAlive() {
    return HttpUtil.isKeepAlive(nettyRequest);
  }

  // ---- from bytes to bytes

  @Benchmark
  public long ourExchange() {
    return transport.exchange(connection, GET);
  }

  @Benchmark
  public void nettyExchange(Blackhole results) {
    server.writeInbound(Unpooled.wrappedBuffer(GET));
    written(server, results);
  }

  /** The head, then 16 chunks of 1 KiB, which the handler reads as one array. */
  @Benchmark
  public long ourChunkedExchange() {
    return transport.exchange(connection, CHUNKED_POST);
  }

  @Benchmark
  public void nettyChunkedExchange(Blackhole results) {
    server.writeInbound(Unpooled.wrappedBuffer(CHUNKED_POST));
    written(server, results);
  }

  // ---- the codec alone, on chunks

  @Benchmark
  public void ourChunkedCodec(Blackhole results) throws Exception {
    in.add(CHUNKED_POST, 0, CHUNKED_POST.length);
    results.consume(parser.parse(in, lineEnds));
    IncomingBody body = new BodySource().body(-1, MAX_BYTES);
    if (!new ChunkedDecoder(Limits.DEFAULTS, lineEnds).decode(in, body)) {
      throw new IllegalStateException("expected a complete body");
    }
    body.end();
    results.consume(body.bytes());
    results.consume(written(Response.text(200, "ok")));
  }

  /** Less than ours does: each part is let go as it comes, none is copied, nobody has the whole. */
  @Benchmark
  public void nettyChunkedCodec(Blackhole results) {
    read(codec, CHUNKED_POST, results);
    codec.writeOutbound(NettyHandler.answer());
    written(codec, results);
  }

  // ---- Netty's channel

  @Benchmark
  public void nettyChannelAlone(Blackhole results) {
    read(bare, GET, results);
  }

  private static void read(EmbeddedChannel channel, byte[] request, Blackhole results) {
    channel.writeInbound(Unpooled.wrappedBuffer(request));
    consumeAll(channel, results);
  }

  private static void consumeAll(EmbeddedChannel channel, Blackhole results) {
    for (Object part = channel.readInbound(); part != null; part = channel.readInbound()) {
      results.consume(part);
      ReferenceCountUtil.release(part);
    }
  }

  private static void written(EmbeddedChannel channel, Blackhole results) {
    for (ByteBuf bytes = channel.readOutbound(); bytes != null; bytes = channel.readOutbound()) {
      results.consume(bytes);
      bytes.release();
    }
  }

  private static byte[] latin1(String lines) {
    return lines.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] chunks() {
    String chunk = Integer.toHexString(CHUNK_BYTES) + "\n" + "x".repeat(CHUNK_BYTES) + "\n";
    return latin1(chunk.repeat(CHUNKS) + "0\n\n");
  }

  private static byte[] joined(byte[] first, byte[] second) {
    byte[] all = new byte[first.length + second.length];
    System.arraycopy(first, 0, all, 0, first.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    return all;
  }
}
