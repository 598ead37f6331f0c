package dev.leantea.http2;

import dev.leantea.http.Headers.Field;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.DefaultHttp2HeadersEncoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.util.AsciiString;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.StreamSupport;

/** Netty's HPACK, which is independent of ours. */
final class NettyPeer {
  private static final int STREAM = 1;
  private static final int MAX_LIST_BYTES = 1 << 20;

  private final DefaultHttp2HeadersDecoder decoder =
      new DefaultHttp2HeadersDecoder(false, MAX_LIST_BYTES);
  private final DefaultHttp2HeadersEncoder encoder = new DefaultHttp2HeadersEncoder();

  /** Announces sizes of the table; the decoder then insists on the updates that follow. */
  void settings(List<Long> bytes) throws Http2Exception {
    for (long setting : bytes) {
      decoder.configuration().maxHeaderTableSize(setting);
    }
  }

  List<String> decode(byte[] block) throws Http2Exception {
    var headers = decoder.decodeHeaders(STREAM, Unpooled.wrappedBuffer(block));
    return StreamSupport.stream(headers.spliterator(), false)
        .map(it -> latin1(it.getKey()) + ": " + latin1(it.getValue()))
        .toList();
  }

  byte[] encode(List<Field> fields) throws Http2Exception {
    var headers = new DefaultHttp2Headers(false);
    for (Field field : fields) {
      headers.add(ascii(field.name()), ascii(field.value()));
    }
    ByteBuf buffer = Unpooled.buffer();
    encoder.encodeHeaders(STREAM, headers, buffer);
    return ByteBufUtil.getBytes(buffer);
  }

  private static String latin1(CharSequence text) {
    return text instanceof AsciiString bytes
        ? new String(
            bytes.array(), bytes.arrayOffset(), bytes.length(), StandardCharsets.ISO_8859_1)
        : text.toString();
  }

  private static AsciiString ascii(String text) {
    return new AsciiString(text.getBytes(StandardCharsets.ISO_8859_1));
  }
}
