package dev.leantea.http1;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leantea.http.Headers.Field;
import dev.leantea.http.Limits;
import dev.leantea.http.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class RequestParserProperties {
  private static final String TOKEN = "!#$%&'*+-.^_`|~0123456789abcXYZ";

  record Line(Field field, String spaceBefore, String spaceBehind) {
    String written() {
      return field.name() + ":" + spaceBefore + field.value() + spaceBehind + "\r\n";
    }
  }

  record Message(Method method, String target, List<Line> lines) {
    byte[] written() {
      var text = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
      lines.forEach(line -> text.append(line.written()));
      return Bytes.latin1(text + "\r\n");
    }
  }

  @Provide
  Arbitrary<Message> messages() {
    Arbitrary<String> target =
        Arbitraries.strings().withChars("abc/?&=%20.-_~").ofMaxLength(60).map(rest -> "/" + rest);
    Arbitrary<Method> custom =
        Arbitraries.strings().withChars(TOKEN).ofMinLength(1).ofMaxLength(32).map(Method::of);
    Arbitrary<Method> method = Arbitraries.oneOf(Arbitraries.of(Method.standard()), custom);
    return Combinators.combine(method, target, lines().list().ofMaxSize(12)).as(Message::new);
  }

  private static Arbitrary<Line> lines() {
    Arbitrary<String> name = Arbitraries.strings().withChars(TOKEN).ofMinLength(1).ofMaxLength(20);
    Arbitrary<String> value =
        Arbitraries.strings()
            .withChars("ab,;:=\"\\ \t\u0080\u00ff")
            .ofMaxLength(50)
            .map(RequestParserProperties::trimmed);
    Arbitrary<String> space = Arbitraries.strings().withChars(" \t").ofMaxLength(3);
    return Combinators.combine(name, value, space, space)
        .as((n, v, before, behind) -> new Line(new Field(n, v), before, behind));
  }

  private static String trimmed(String text) {
    return text.replaceAll("^[ \t]+|[ \t]+$", "");
  }

  @Property
  void parse_validHeadCutAnywhere_theSameHead(
      @ForAll("messages") Message message, @ForAll List<Integer> places) throws ProtocolException {
    byte[] bytes = message.written();
    RequestHead head = parse(bytes, cuts(places, bytes.length));
    assertThat(head.method).isEqualTo(message.method());
    assertThat(head.target()).isEqualTo(message.target());
    assertThat(fields(head)).isEqualTo(message.lines().stream().map(Line::field).toList());
  }

  private static List<Field> fields(RequestHead head) {
    var fields = new ArrayList<Field>();
    head.forEach(fields::add);
    return fields;
  }

  private static int[] cuts(List<Integer> places, int length) {
    return places.stream().mapToInt(place -> Math.floorMod(place, length)).sorted().toArray();
  }

  private static RequestHead parse(byte[] bytes, int[] cuts) throws ProtocolException {
    int[] lineEnds = new int[Limits.DEFAULTS.fieldCount() + 1];
    var parser = new RequestParser(Limits.DEFAULTS);
    var in = new ReceiveBuffer();
    int from = 0;
    for (int cut : cuts) {
      in.add(bytes, from, cut);
      assertThat(parser.parse(in, lineEnds) == null).isTrue();
      in.settle();
      from = cut;
    }
    in.add(bytes, from, bytes.length);
    RequestHead head = Objects.requireNonNull(parser.parse(in, lineEnds));
    assertThat(in.isEmpty()).isTrue();
    return head;
  }

  @Property
  void parse_anyBytes_aHeadOrMoreOrARefusal(@ForAll byte[] bytes) {
    var in = new ReceiveBuffer();
    in.add(bytes, 0, bytes.length);
    try {
      RequestHead head =
          new RequestParser(Limits.DEFAULTS).parse(in, new int[Limits.DEFAULTS.fieldCount() + 1]);
      assertThat(in.size()).isLessThanOrEqualTo(bytes.length);
      assertThat(head == null || head.size() >= 0).isTrue();
    } catch (ProtocolException e) {
      assertThat(e.reason().status()).isBetween(400, 505);
    }
  }
}
