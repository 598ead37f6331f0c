package dev.leantea.bench.harness.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

final class BarChartTest {
  private static final BarChart CHART =
      new BarChart(
          "a <title> & \"more\"",
          List.of(
              new BarChart.Row("half", 1, 0.5, 2, "1.00", "leantea"),
              new BarChart.Row("steady", 2, 2, 2, "2.00", "nginx")),
          1);

  @Test
  void svg_bars_areAsLongAsTheirValues() throws Exception {
    List<Double> lengths =
        elements("rect").stream().map(bar -> Double.valueOf(bar.getAttribute("width"))).toList();
    assertThat(lengths.get(1)).isEqualTo(lengths.get(0) * 2);
  }

  @Test
  void svg_whiskers_areDrawnWhereRoundsDiffer() throws Exception {
    assertThat(elements("path").stream().map(path -> path.getAttribute("class")))
        .containsExactly("whisker", "reference");
  }

  @Test
  void svg_everythingDrawn_isInsideOfTheBox() throws Exception {
    String[] box = root().getAttribute("viewBox").split(" ", -1);
    for (Element bar : elements("rect")) {
      double end =
          Double.parseDouble(bar.getAttribute("x")) + Double.parseDouble(bar.getAttribute("width"));
      assertThat(end).isLessThanOrEqualTo(Double.parseDouble(box[2]));
    }
  }

  private static Element root() throws Exception {
    Document document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(CHART.svg())));
    return document.getDocumentElement();
  }

  private static List<Element> elements(String name) throws Exception {
    NodeList nodes = root().getElementsByTagName(name);
    return IntStream.range(0, nodes.getLength()).mapToObj(i -> (Element) nodes.item(i)).toList();
  }
}
