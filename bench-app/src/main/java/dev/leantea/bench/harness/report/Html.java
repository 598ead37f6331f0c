package dev.leantea.bench.harness.report;

import dev.leantea.bench.Resources;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TableBody;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/**
 * Makes a page that needs no network out of Markdown. In a table of servers each figure has a bar
 * behind it, as long as its share of the largest in the column.
 */
final class Html {
  private static final List<Extension> TABLES = List.of(TablesExtension.create());
  private static final Pattern FIGURE = Pattern.compile("~?([\\d,.]+)(?: (µs|ms|B|KiB|MiB))?.*");
  private static final Map<String, Double> UNITS =
      Map.of("ms", 1e3, "KiB", 1024.0, "MiB", 1024.0 * 1024);

  private Html() {}

  static String page(String markdown) {
    Node document = Parser.builder().extensions(TABLES).build().parse(markdown);
    HtmlRenderer renderer =
        HtmlRenderer.builder()
            .extensions(TABLES)
            .attributeProviderFactory(_ -> (node, _, attributes) -> addBar(node, attributes))
            .build();
    return Resources.text(Html.class, "page.html")
        .replace("STYLE", Resources.text(Html.class, "report.css"))
        .replace("BODY", renderer.render(document));
  }

  private static void addBar(Node node, Map<String, String> attributes) {
    if (node instanceof TableCell cell
        && cell.getParent().getParent() instanceof TableBody body
        && text(cells(body.getPrevious().getFirstChild()).getFirst()).equals("server")) {
      int column = cells(cell.getParent()).indexOf(cell);
      double largest =
          children(body).mapToDouble(row -> value(cells(row).get(column))).max().orElse(0);
      if (column > 0 && largest > 0) {
        double percent = value(cell) / largest * 100;
        attributes.put("style", Format.text("--bar: %.1f%%", percent));
      }
    }
  }

  private static Stream<Node> children(Node parent) {
    return Stream.iterate(parent.getFirstChild(), Objects::nonNull, Node::getNext);
  }

  private static List<Node> cells(Node row) {
    return children(row).toList();
  }

  private static String text(Node cell) {
    return cell.getFirstChild() instanceof Text text ? text.getLiteral() : "";
  }

  /** The figure in a cell, in its smallest unit; 0 without one. */
  private static double value(Node cell) {
    Matcher figure = FIGURE.matcher(text(cell));
    return figure.matches()
        ? Double.parseDouble(figure.group(1).replace(",", ""))
            * UNITS.getOrDefault(String.valueOf(figure.group(2)), 1.0)
        : 0;
  }
}
