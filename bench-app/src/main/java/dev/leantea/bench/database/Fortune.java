package dev.leantea.bench.database;

import java.util.List;

/** A row of the table {@code fortune}. */
public record Fortune(int id, String message) {
  private static final String HEAD =
      "<!DOCTYPE html><html><head><title>Fortunes</title></head><body><table>"
          + "<tr><th>id</th><th>message</th></tr>";
  private static final String TAIL = "</table></body></html>";

  /** The benchmark's page. */
  static String page(List<Fortune> fortunes) {
    var page = new StringBuilder(2048).append(HEAD);
    for (Fortune fortune : fortunes) {
      page.append("<tr><td>").append(fortune.id).append("</td><td>");
      appendEscaped(page, fortune.message);
      page.append("</td></tr>");
    }
    return page.append(TAIL).toString();
  }

  private static void appendEscaped(StringBuilder page, String text) {
    for (int i = 0; i < text.length(); i++) {
      switch (text.charAt(i)) {
        case '<' -> page.append("&lt;");
        case '>' -> page.append("&gt;");
        case '&' -> page.append("&amp;");
        case '"' -> page.append("&quot;");
        case '\'' -> page.append("&#39;");
        default -> page.append(text.charAt(i));
      }
    }
  }
}
