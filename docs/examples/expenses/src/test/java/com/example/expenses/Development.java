package com.example.expenses;

import java.util.HashMap;

/** Serves with a PostgreSQL of its own, which is gone when it ends. */
final class Development {
  private Development() {}

  public static void main(String[] arguments) throws Exception {
    var environment = new HashMap<>(System.getenv());
    environment.put("DATABASE_URL", PostgreSql.start().newDatabase());
    int port = Main.serve(new Config(environment)).port();
    System.out.println("Open http://localhost:" + port + " and create an account. Ctrl-C ends it.");
  }
}
