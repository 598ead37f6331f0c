package dev.leantea.bench.serve;

import dev.leantea.http.HttpException;

/** Numbers in requests. */
final class Numbers {
  private Numbers() {}

  /**
   * A number from 0 to {@code most}.
   *
   * @throws HttpException 400 when it is none
   */
  static long parse(String name, String text, long most) {
    try {
      long number = Long.parseLong(text);
      if (number >= 0 && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // told below
    }
    throw new HttpException(
        400, "%s: expected a number from 0 to %d, got %s".formatted(name, most, text));
  }
}
