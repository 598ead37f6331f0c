package dev.leantea.http2;

import dev.leantea.http.Headers;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.DefaultHttp2HeadersEncoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.AsciiString;
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
 * Our HPACK and Netty's on the same bytes: a browser's GET, and a small JSON response.
 *
 * <p>{@code Literals} is the first request of a connection: each field is a string in Huffman code
 * that is added to the table. {@code Indexed} is the same request again, which the table has.
 * Netty's encoder gets headers that were made for the response, as its users make them.
 *
 * <pre>
 *  mvn -Pjmh -pl framework test-compile exec:exec -Djmh.include=HpackBenchmark
 * </pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class HpackBenchmark {
  private static final int STREAM = 1;
  private static final int TABLE_BYTES = 4_096;
  private static final int MAX_LIST_BYTES = 64 * 1_024;
  private static final String DATE = "Fri, 28 Nov 2025 12:00:00 GMT";

  private static final String GET =
      """
      :method|GET
      :scheme|https
      :authority|shop.example.org
      :path|/products/42?sort=price&page=3
      user-agent|Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0
      accept|text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8
      accept-language|en-GB,en;q=0.7,de;q=0.3
      accept-encoding|gzip, deflate, br, zstd
      referer|https://shop.example.org/products?sort=price
      cookie|session=0f8fad5b-d9cb-469f-a165-70867728950e; theme=dark
      upgrade-insecure-requests|1
      sec-fetch-dest|document
      sec-fetch-mode|navigate
      sec-fetch-site|same-origin
      priority|u=0, i
      """;

  private final byte[] literals;
  private final byte[] indexed;

  private final HpackDecoder decoder = new HpackDecoder(TABLE_BYTES, MAX_LIST_BYTES);
  private final HpackDecoder warmDecoder = new HpackDecoder(TABLE_BYTES, MAX_LIST_BYTES);
  private final HpackEncoder encoder = new HpackEncoder();
  private final Headers headers = Headers.of("Content-Type", "application/json");
  private final byte[] array = new byte[256];
  private final HpackField[] fields = new HpackField[32];
  private int count;

  private final DefaultHttp2HeadersDecoder nettyDecoder = nettyDecoder();
  private final DefaultHttp2HeadersDecoder warmNettyDecoder = nettyDecoder();
  private final DefaultHttp2HeadersEncoder nettyEncoder = new DefaultHttp2HeadersEncoder();
  private final ByteBuf nettyBuffer = Unpooled.buffer(256);

  public HpackBenchmark() {
    try {
      var client = new DefaultHttp2HeadersEncoder();
      literals = nettyBlock(client);
      indexed = nettyBlock(client);
      decode(warmDecoder, literals);
      warmNettyDecoder.decodeHeaders(STREAM, Unpooled.wrappedBuffer(literals));
    } catch (Http2Exception | HpackException e) {
      throw new IllegalStateException(e);
    }
  }

  private static DefaultHttp2HeadersDecoder nettyDecoder() {
    return new DefaultHttp2HeadersDecoder(true, MAX_LIST_BYTES);
  }

  private static byte[] nettyBlock(DefaultHttp2HeadersEncoder encoder) throws Http2Exception {
    var request = new DefaultHttp2Headers();
    for (String line : GET.lines().toList()) {
      int bar = line.indexOf('|');
      request.add(AsciiString.of(line.substring(0, bar)), AsciiString.of(line.substring(bar + 1)));
    }
    ByteBuf block = Unpooled.buffer();
    encoder.encodeHeaders(STREAM, request, block);
    return ByteBufUtil.getBytes(block);
  }

  private int decode(HpackDecoder from, byte[] block) throws HpackException {
    count = 0;
    from.decode(block, 0, block.length, this::accept);
    return count;
  }

  private void accept(HpackField field) {
    fields[count++] = field;
  }

  @Benchmark
  public int ourDecoderLiterals() throws HpackException {
    return decode(decoder, literals);
  }

  @Benchmark
  public Http2Headers nettyDecoderLiterals() throws Http2Exception {
    return nettyDecoder.decodeHeaders(STREAM, Unpooled.wrappedBuffer(literals));
  }

  @Benchmark
  public int ourDecoderIndexed() throws HpackException {
    return decode(warmDecoder, indexed);
  }

  @Benchmark
  public Http2Headers nettyDecoderIndexed() throws Http2Exception {
    return warmNettyDecoder.decodeHeaders(STREAM, Unpooled.wrappedBuffer(indexed));
  }

  @Benchmark
  public int ourEncoder() {
    encoder.begin(array, 0);
    encoder.status(200);
    encoder.field("date", DATE);
    encoder.contentLength(27);
    encoder.fields(headers);
    return encoder.end();
  }

  @Benchmark
  public int nettyEncoder() throws Http2Exception {
    var response = new DefaultHttp2Headers();
    response.status("200");
    response.add("date", DATE);
    response.add("content-length", "27");
    response.add("content-type", "application/json");
    nettyBuffer.clear();
    nettyEncoder.encodeHeaders(STREAM, response, nettyBuffer);
    return nettyBuffer.readableBytes();
  }

  // ---- Huffman code alone

  private static final String TEXT = "/products/42?sort=price&page=3";

  private final byte[] code = huffman();
  private final byte[] text = new byte[TEXT.length() * 2];

  private static byte[] huffman() {
    byte[] code = new byte[HuffmanEncoder.length(TEXT, false)];
    HuffmanEncoder.encode(TEXT, false, code, 0);
    return code;
  }

  @Benchmark
  public int huffmanDecoder() throws HpackException {
    return HuffmanDecoder.decode(code, 0, code.length, text);
  }

  @Benchmark
  public void huffmanEncoder(Blackhole results) {
    results.consume(HuffmanEncoder.length(TEXT, false));
    results.consume(HuffmanEncoder.encode(TEXT, false, text, 0));
  }
}
