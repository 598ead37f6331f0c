package dev.leantea.bench.database;

import java.util.concurrent.ThreadLocalRandom;

/** A row of the table {@code world}, as the benchmark answers it. */
public record World(int id, int randomNumber) {
  static final int ROWS = 10_000;

  /** A number as the benchmark draws ids and new values. */
  static int random() {
    return ThreadLocalRandom.current().nextInt(ROWS) + 1;
  }

  World withNewNumber() {
    return new World(id, random());
  }
}
