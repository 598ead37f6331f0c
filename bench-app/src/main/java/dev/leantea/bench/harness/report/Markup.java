package dev.leantea.bench.harness.report;

import java.util.List;

/** Pieces of HTML. */
final class Markup {
  private Markup() {}

  /** Text that holds no markup. */
  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  static String element(String name, String text) {
    return "<" + name + ">" + escape(text) + "</" + name + ">\n";
  }

  static String list(List<String> lines) {
    StringBuilder html = new StringBuilder("<ul>\n");
    lines.forEach(line -> html.append(element("li", line)));
    return html.append("</ul>\n").toString();
  }

  static String table(Table table) {
    StringBuilder html = new StringBuilder("<div class=\"scroll\"><table>\n<thead>");
    html.append(row(table, table.header(), "th")).append("</thead>\n<tbody>\n");
    table.rows().forEach(row -> html.append(row(table, row, "td")));
    return html.append("</tbody>\n</table></div>\n").toString();
  }

  private static String row(Table table, List<String> cells, String name) {
    StringBuilder html = new StringBuilder("<tr>");
    for (int column = 0; column < cells.size(); column++) {
      String kind = column < table.left() ? "" : " class=\"figure\"";
      html.append("<" + name + kind + ">" + escape(cells.get(column)) + "</" + name + ">");
    }
    return html.append("</tr>\n").toString();
  }
}
