package dev.leantea.http2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leantea.http.Headers.Field;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

class HpackProperties {
  /** Settings of the peer before a block, and the block's fields. */
  record Step(List<Long> settings, List<Field> fields) {
    List<String> decoded() {
      return fields.stream().map(Field::toString).toList();
    }
  }

  /** From few names and values, so that fields repeat, and of all lengths, so that they evict. */
  @Provide
  Arbitrary<List<Step>> steps() {
    Arbitrary<String> name =
        Arbitraries.of("age", "content-type", "set-cookie", "x", "x-long-name-of-a-field", "vary");
    Arbitrary<String> value =
        Arbitraries.oneOf(
            Arbitraries.of("", "a", "gzip", "text/html", "\u00e9\u00ff", "{~}", "0123456789"),
            Arbitraries.integers().between(0, 5_000).map("v"::repeat),
            Arbitraries.strings().withCharRange(' ', '~').ofMaxLength(20).map(String::strip));
    Arbitrary<Field> field = Combinators.combine(name, value).as(Field::new);
    Arbitrary<Long> setting =
        Arbitraries.of(0L, 31L, 34L, 100L, 200L, 1_000L, 4_096L, 65_536L, 0xFFFF_FFFFL);
    return Combinators.combine(setting.list().ofMaxSize(2), field.list().ofMaxSize(8))
        .as(Step::new)
        .list()
        .ofMaxSize(20);
  }

  @Property(tries = 500)
  void encodedFields_areDecoded(@ForAll("steps") List<Step> steps) throws Exception {
    var encoder = new HpackEncoder();
    HpackDecoder decoder = Blocks.decoder(4096);
    var peer = new NettyPeer();
    for (Step step : steps) {
      step.settings().forEach(encoder::tableSetting);
      peer.settings(step.settings());
      byte[] block = Blocks.encode(encoder, step.fields());
      assertThat(Blocks.decode(decoder, block)).isEqualTo(step.decoded());
      assertThat(peer.decode(block)).isEqualTo(step.decoded());
    }
  }

  @Property(tries = 300)
  void fieldsThatNettyEncodes_areDecoded(@ForAll("steps") List<Step> steps) throws Exception {
    HpackDecoder decoder = Blocks.decoder(4096);
    var peer = new NettyPeer();
    for (Step step : steps) {
      assertThat(Blocks.decode(decoder, peer.encode(step.fields()))).isEqualTo(step.decoded());
    }
  }

  @Property(tries = 2_000)
  void arbitraryBytes_areDecodedOrRefused(@ForAll @Size(max = 200) byte[] block) {
    assertDecodedOrRefused(block);
  }

  /** A valid block with one byte changed gets further than arbitrary bytes do. */
  @Property(tries = 2_000)
  void changedBlock_isDecodedOrRefused(
      @ForAll("steps") List<Step> steps, @ForAll int position, @ForAll byte changed) {
    var encoder = new HpackEncoder();
    byte[] block = {};
    for (Step step : steps) {
      byte[] more = Blocks.encode(encoder, step.fields());
      int length = block.length;
      block = Arrays.copyOf(block, length + more.length);
      System.arraycopy(more, 0, block, length, more.length);
    }
    if (block.length > 0) {
      block[Math.floorMod(position, block.length)] = changed;
    }
    assertDecodedOrRefused(block);
  }

  private static void assertDecodedOrRefused(byte[] block) {
    HpackDecoder decoder = Blocks.decoder(4096);
    var sizes = new ArrayList<Integer>();
    try {
      boolean whole = decoder.decode(block, 0, block.length, it -> sizes.add(it.size()));
      int sum = sizes.stream().mapToInt(Integer::intValue).sum();
      assertThat(!whole || sum >= decoder.table().bytes()).isTrue();
    } catch (HpackException e) {
      assertThat(e).message().contains("expected");
    }
    assertThat(decoder.table().bytes()).isBetween(0, decoder.table().maxBytes());
  }

  @Property
  void huffmanCode_decodesToWhatWasEncoded(@ForAll @Size(max = 100) byte[] text)
      throws HpackException {
    byte[] code = huffman(text);
    byte[] target = new byte[HuffmanDecoder.maxLength(code.length)];
    int length = HuffmanDecoder.decode(code, 0, code.length, target);
    assertThat(Arrays.copyOf(target, length)).isEqualTo(text);
  }

  /** There is one code for each text: what is accepted is what the encoder makes of it. */
  @Property(tries = 5_000)
  void acceptedHuffmanCode_isTheOneOfItsText(@ForAll @Size(min = 1, max = 6) byte[] code) {
    byte[] target = new byte[HuffmanDecoder.maxLength(code.length)];
    byte[] text;
    try {
      text = Arrays.copyOf(target, HuffmanDecoder.decode(code, 0, code.length, target));
    } catch (HpackException e) {
      return;
    }
    assertThat(huffman(Arrays.copyOf(target, text.length))).isEqualTo(code);
  }

  private static byte[] huffman(byte[] text) {
    String latin1 = new String(text, StandardCharsets.ISO_8859_1);
    byte[] code = new byte[HuffmanEncoder.length(latin1, false)];
    assertThat(HuffmanEncoder.encode(latin1, false, code, 0)).isEqualTo(code.length);
    return code;
  }
}
