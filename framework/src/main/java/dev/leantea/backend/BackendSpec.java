package dev.leantea.backend;

import java.util.List;
import java.util.Locale;

/**
 * What was asked for: {@code NAME[:ARGUMENT…]}.
 *
 * @param name in lower case
 * @param arguments in the order given, in lower case
 * @param reason who asked for it, for the operator
 */
public record BackendSpec(String name, List<String> arguments, String reason) {
  /** Takes {@code reactor:nio:2} apart. */
  public static BackendSpec parse(String text, String reason) {
    String[] parts = text.strip().toLowerCase(Locale.ROOT).split(":", -1);
    return new BackendSpec(parts[0], List.of(parts).subList(1, parts.length), reason);
  }

  /**
   * The one argument that is a number, or {@code otherwise}.
   *
   * @throws BackendException when it is not from 1 to 1024
   */
  public int count(int otherwise, String usage) {
    int count = otherwise;
    for (String argument : arguments) {
      if (argument.chars().allMatch(c -> c >= '0' && c <= '9')) {
        count = parseCount(argument, usage);
      }
    }
    return count;
  }

  private int parseCount(String argument, String usage) {
    if (argument.isEmpty() || argument.length() > 4 || Integer.parseInt(argument) < 1) {
      throw wrong(usage);
    }
    int count = Integer.parseInt(argument);
    if (count > 1024) {
      throw wrong(usage);
    }
    return count;
  }

  /**
   * The one argument that is an engine, or {@code otherwise}.
   *
   * @throws BackendException when an argument is neither a number nor one of the engines
   */
  public String engine(List<String> engines, String otherwise, String usage) {
    String engine = otherwise;
    for (String argument : arguments) {
      if (engines.contains(argument)) {
        engine = argument;
      } else if (argument.isEmpty() || !argument.chars().allMatch(c -> c >= '0' && c <= '9')) {
        throw wrong(usage);
      }
    }
    if (arguments.size() > 2 || arguments.stream().filter(engines::contains).count() > 1) {
      throw wrong(usage);
    }
    return engine;
  }

  /** An error that says what was expected and what came. */
  public BackendException wrong(String usage) {
    return new BackendException(
        "backend " + this + ": expected " + usage + " with a count from 1 to 1024");
  }

  /** As it was written. */
  @Override
  public String toString() {
    return arguments.isEmpty() ? name : name + ":" + String.join(":", arguments);
  }
}
