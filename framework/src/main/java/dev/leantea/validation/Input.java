package dev.leantea.validation;

import java.util.Optional;
import java.util.function.Predicate;

/**
 * One value of {@link Inputs}. Its checks are made at once; a value that is absent or wrong already
 * passes them.
 *
 * @param <T> its type
 */
public final class Input<T> {
  /** Maximum characters of a wrong value that a message repeats. */
  private static final int MAX_SHOWN = 80;

  private final Inputs inputs;
  private final String name;
  private final Optional<T> value;
  private final boolean wrong;

  private Input(Inputs inputs, String name, Optional<T> value, boolean wrong) {
    this.inputs = inputs;
    this.name = name;
    this.value = value;
    this.wrong = wrong;
  }

  Input(Inputs inputs, String name, Optional<T> value) {
    this(inputs, name, value, false);
  }

  static <T> Input<T> wrong(Inputs inputs, String name) {
    return new Input<>(inputs, name, Optional.empty(), true);
  }

  /** This input, which must be there. */
  public Input<T> required() {
    return value.isPresent() || wrong ? this : refused(name, "expected a value, got none");
  }

  /**
   * This input, which must fit a condition.
   *
   * @param expected what fits, for the message: {@code 1 or more} becomes {@code expected 1 or
   *     more, got 0}
   */
  public Input<T> check(Predicate<? super T> condition, String expected) {
    return value.isEmpty() || condition.test(value.get())
        ? this
        : refused(name, "expected " + expected + ", got " + shown(value.get()));
  }

  /**
   * This input, a part of which must fit a condition.
   *
   * @param field where the part is, as a JSON Pointer: {@code /amount}
   * @param expected what fits, for the message: {@code expected more than 0}
   */
  public Input<T> check(String field, Predicate<? super T> condition, String expected) {
    if (value.isPresent() && !condition.test(value.get())) {
      inputs.error(field, "expected " + expected);
    }
    return this;
  }

  private Input<T> refused(String field, String message) {
    inputs.error(field, message);
    return wrong(inputs, name);
  }

  private static String shown(Object value) {
    String text = String.valueOf(value);
    return text.codePointCount(0, text.length()) <= MAX_SHOWN
        ? text
        : text.substring(0, text.offsetByCodePoints(0, MAX_SHOWN)) + "…";
  }

  /**
   * The value.
   *
   * @throws dev.leantea.http.HttpException 400 with all that is wrong with the inputs
   */
  public T value() {
    Input<T> present = required();
    inputs.require();
    return present.value.orElseThrow();
  }

  /** The value; empty when there is none. Throws as {@link #value}. */
  public Optional<T> optional() {
    inputs.require();
    return value;
  }

  /** The value, or another one when there is none. Throws as {@link #value}. */
  public T orElse(T other) {
    return optional().orElse(other);
  }
}
