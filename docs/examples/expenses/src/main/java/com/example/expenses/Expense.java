package com.example.expenses;

import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * Money that a member of the team has spent. Public as its parts are, for Jdbi calls their methods.
 */
public record Expense(
    long id,
    long userId,
    String by,
    LocalDate day,
    String merchant,
    Category category,
    BigDecimal amount,
    boolean hasReceipt) {
  public enum Category {
    TRAVEL,
    FOOD,
    OFFICE,
    SOFTWARE,
    OTHER
  }

  /** What a client sends; {@link Expenses#create} checks it. */
  public record Draft(LocalDate day, String merchant, Category category, BigDecimal amount) {
    boolean hasMerchant() {
      return merchant != null && !merchant.isBlank() && merchant.length() <= 80;
    }

    boolean hasAmount() {
      return amount != null && amount.signum() > 0 && amount.scale() <= 2 && amount.precision() < 9;
    }
  }

  /** What one category cost. */
  public record Total(Category category, BigDecimal amount) {}

  /** Which ones: of these days; of this category, or of all if it is null. */
  public record Query(LocalDate from, LocalDate to, Category category, int page) {
    static final Query ALL =
        new Query(LocalDate.of(2000, 1, 1), LocalDate.of(9999, 12, 31), null, 1);

    public int offset() {
      return (page - 1) * 50;
    }
  }
}
