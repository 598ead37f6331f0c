package dev.leantea.http1;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leantea.exchange.BodySource;
import dev.leantea.http.Limits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class ChunkedDecoderProperties {
  private static final List<String> EXTENSIONS =
      List.of("", ";a", ";a=b", " ;\ta = \"b\\\"c;\"", ";a=\"\";b");
  private static final List<String> TRAILERS = List.of("", "A: b\r\n", "A:\r\nB: c\td\r\n");

  @Property
  void decode_encodedInAnyChunksCutAnywhere_theSameBytes(
      @ForAll @Size(max = 2000) byte[] content,
      @ForAll @Size(max = 10) List<@IntRange(min = 1, max = 300) Integer> sizes,
      @ForAll @Size(max = 20) List<@IntRange(max = 1_000_000) Integer> places,
      @ForAll @IntRange(max = 4) int style)
      throws IOException {
    byte[] encoded = encode(content, sizes, style);
    int[] cuts = places.stream().mapToInt(place -> place % encoded.length).sorted().toArray();
    assertThat(decode(encoded, cuts)).isEqualTo(content);
  }

  private static byte[] encode(byte[] content, List<Integer> sizes, int style) {
    var out = new ByteArrayOutputStream();
    int at = 0;
    for (int i = 0; at < content.length; i++) {
      int size = i < sizes.size() ? sizes.get(i) : content.length;
      int bytes = Math.min(size, content.length - at);
      String hex = style % 2 == 0 ? Integer.toHexString(bytes) : "%04X".formatted(bytes);
      out.writeBytes(Bytes.latin1(hex + EXTENSIONS.get((i + style) % EXTENSIONS.size()) + "\r\n"));
      out.write(content, at, bytes);
      out.writeBytes(Bytes.latin1("\r\n"));
      at += bytes;
    }
    out.writeBytes(Bytes.latin1("0\r\n" + TRAILERS.get(style % TRAILERS.size()) + "\r\n"));
    return out.toByteArray();
  }

  private static byte[] decode(byte[] encoded, int[] cuts) throws IOException {
    var body = new BodySource().body(-1, 10_000);
    var decoder = new ChunkedDecoder(Limits.DEFAULTS, new int[Limits.DEFAULTS.fieldCount() + 1]);
    var in = new ReceiveBuffer();
    int from = 0;
    for (int cut : cuts) {
      in.add(encoded, from, cut);
      assertThat(decoder.decode(in, body)).isFalse();
      in.settle();
      from = cut;
    }
    in.add(encoded, from, encoded.length);
    assertThat(decoder.decode(in, body)).isTrue();
    assertThat(in.isEmpty()).isTrue();
    body.end();
    return body.bytes();
  }

  @Property
  void decode_anyBytes_aBodyOrMoreOrARefusal(@ForAll byte[] bytes) {
    var body = new BodySource().body(-1, 10_000);
    var in = new ReceiveBuffer();
    in.add(bytes, 0, bytes.length);
    try {
      boolean complete =
          new ChunkedDecoder(Limits.DEFAULTS, new int[Limits.DEFAULTS.fieldCount() + 1])
              .decode(in, body);
      assertThat(complete && bytes.length < 5).isFalse();
    } catch (ProtocolException e) {
      assertThat(e.reason().status()).isIn(400, 431);
    }
  }
}
