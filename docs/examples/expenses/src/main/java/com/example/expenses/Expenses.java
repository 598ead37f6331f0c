package com.example.expenses;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.example.expenses.Expense.Category;
import com.example.expenses.Expense.Draft;
import com.example.expenses.Expense.Query;
import com.example.expenses.Expense.Total;
import dev.leantea.forms.Form;
import dev.leantea.forms.FormLimits;
import dev.leantea.forms.Forms;
import dev.leantea.forms.Part;
import dev.leantea.http.HttpException;
import dev.leantea.http.MediaType;
import dev.leantea.http.Request;
import dev.leantea.http.Response;
import dev.leantea.sse.Broadcast;
import dev.leantea.sse.Event;
import dev.leantea.validation.Inputs;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jdbi.v3.core.Jdbi;

/** The expenses of the team: every member sees all, and changes their own. */
final class Expenses {
  private static final MediaType CSV = new MediaType("text/csv; charset=utf-8");
  private static final FormLimits RECEIPT = FormLimits.DEFAULTS.withTotal(5 << 20);
  private static final Set<String> RECEIPT_TYPES =
      Set.of("image/jpeg", "image/png", "image/webp", "application/pdf");

  private static final String SELECT =
      """
      SELECT e.id, user_id, name AS by, day, merchant, category, amount,
        receipt IS NOT NULL AS has_receipt
      FROM expenses e JOIN users u ON u.id = user_id
      WHERE day BETWEEN :from AND :to AND category = coalesce(:category, category)
      ORDER BY day DESC, e.id DESC
      """;

  private final Jdbi database;

  /** Tells all open pages that something has changed. */
  private final Broadcast changes = new Broadcast(16, Broadcast.Overflow.DROP_OLDEST);

  Expenses(Jdbi database) {
    this.database = database;
  }

  Broadcast changes() {
    return changes;
  }

  List<Expense> find(Query query) {
    String select = SELECT + "LIMIT 50 OFFSET :offset";
    return database.withHandle(
        it -> it.createQuery(select).bindMethods(query).mapTo(Expense.class).list());
  }

  /** Of this month, the largest first. */
  List<Total> totals() {
    String select =
        """
        SELECT category, sum(amount) AS amount FROM expenses
        WHERE day >= date_trunc('month', current_date) GROUP BY category ORDER BY amount DESC
        """;
    return database.withHandle(it -> it.select(select).mapTo(Total.class).list());
  }

  private static Query query(Request request) {
    var inputs = Inputs.of(request);
    var from = inputs.query("from", LocalDate.class);
    var to = inputs.query("to", LocalDate.class);
    var category = inputs.query("category", Category.class);
    var page = inputs.query("page", Integer.class).check(it -> it > 0 && it < 10_000, "1 to 9999");
    return new Query(
        from.orElse(Query.ALL.from()),
        to.orElse(Query.ALL.to()),
        category.optional().orElse(null),
        page.orElse(1));
  }

  Response list(Request request) {
    return Response.jsonObj(200, find(query(request)));
  }

  Response create(Request request) throws IOException {
    Draft draft =
        Inputs.of(request)
            .json(Draft.class)
            .check("/day", it -> it.day() != null, "a day")
            .check("/merchant", Draft::hasMerchant, "1 to 80 characters")
            .check("/category", it -> it.category() != null, "a category")
            .check("/amount", Draft::hasAmount, "more than 0, with at most 2 decimals")
            .value();
    String insert =
        """
        INSERT INTO expenses (user_id, day, merchant, category, amount)
        VALUES (:user, :day, :merchant, :category, :amount) RETURNING id
        """;
    long user = Users.of(request).id();
    Created created =
        database.withHandle(
            it ->
                it.createQuery(insert)
                    .bind("user", user)
                    .bindMethods(draft)
                    .mapTo(Created.class)
                    .one());
    changes.publish(Event.of("added"));
    return Response.jsonObj(201, created);
  }

  record Created(long id) {}

  Response delete(Request request) {
    String delete = "DELETE FROM expenses WHERE id = ? AND user_id = ?";
    return change(delete, request.path("id", Long.class), Users.of(request).id());
  }

  /** A file of a form, at most 5 MiB. */
  Response addReceipt(Request request) throws IOException {
    try (Form form = Forms.read(request, RECEIPT)) {
      Part file = form.file("receipt").orElseThrow(() -> new HttpException(400, "no receipt"));
      String type = file.mediaType().essence();
      if (!RECEIPT_TYPES.contains(type)) {
        throw HttpException.of(415, "receipt").field("receipt", "expected an image or a PDF");
      }
      String update =
          "UPDATE expenses SET receipt = ?, receipt_type = ? WHERE id = ? AND user_id = ?";
      long id = request.path("id", Long.class);
      return change(update, file.bytes(), type, id, Users.of(request).id());
    }
  }

  private Response change(String sql, Object... values) {
    if (database.withHandle(it -> it.execute(sql, values)) == 0) {
      throw new HttpException(404, "no such expense of yours");
    }
    changes.publish(Event.of("changed"));
    return Response.empty(204);
  }

  Response receipt(Request request) {
    String select = "SELECT receipt_type, receipt FROM expenses WHERE id = ?";
    Receipt receipt =
        database
            .withHandle(
                it ->
                    it.select(select, request.path("id", Long.class))
                        .mapTo(Receipt.class)
                        .findFirst())
            .filter(it -> it.receipt() != null)
            .orElseThrow(() -> new HttpException(404, "no receipt"));
    return Response.bytes(200, new MediaType(receipt.receiptType()), receipt.receipt());
  }

  record Receipt(String receiptType, byte[] receipt) {}

  Response csv(Request request) {
    Query query = query(request);
    return Response.stream(200, CSV, out -> writeCsv(query, out))
        .header("Content-Disposition", "attachment; filename=expenses.csv");
  }

  /** Writes while it reads: there may be any number of them. */
  private void writeCsv(Query query, OutputStream out) throws IOException {
    var csv = new CSVPrinter(new OutputStreamWriter(out, UTF_8), CSVFormat.RFC4180);
    csv.printRecord("day", "by", "merchant", "category", "amount");
    database.useTransaction( // without one the driver reads all rows at once
        handle -> {
          var rows = handle.createQuery(SELECT).bindMethods(query).setFetchSize(500);
          for (Expense it : rows.mapTo(Expense.class)) {
            csv.printRecord(
                it.day(), cell(it.by()), cell(it.merchant()), it.category(), it.amount());
          }
        });
    csv.flush();
  }

  /** A spreadsheet takes a cell that begins so for a formula, whoever wrote it. */
  private static String cell(String text) {
    return text.matches("(?s)[=+\\-@\t\r].*") ? "'" + text : text;
  }
}
