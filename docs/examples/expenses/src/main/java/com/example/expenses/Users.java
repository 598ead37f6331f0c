package com.example.expenses;

import static java.nio.charset.StandardCharsets.UTF_8;

import at.favre.lib.crypto.bcrypt.BCrypt;
import dev.leantea.forms.Form;
import dev.leantea.forms.Forms;
import dev.leantea.http.Attribute;
import dev.leantea.http.Filter;
import dev.leantea.http.HttpException;
import dev.leantea.http.Request;
import dev.leantea.http.Response;
import dev.leantea.session.Sessions;
import dev.leantea.validation.Inputs;
import java.io.IOException;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/** Signing up, in and out; tokens for programs. */
final class Users {
  /** Who sends a request; set by {@link #signedIn}, and for the API by its bearer tokens. */
  static final Attribute<User> USER = Attribute.of("user");

  /** Compared with when there is no such account, so that the time does not tell. */
  private static final Account NOBODY = new Account(0, "", hash(UUID.randomUUID().toString()));

  record Account(long id, String name, String passwordHash) {}

  private final Jdbi database;
  private final Sessions<User> sessions;

  Users(Jdbi database, Sessions<User> sessions) {
    this.database = database;
    this.sessions = sessions;
  }

  static User of(Request request) {
    return request.attribute(USER).orElseThrow();
  }

  /** For pages: a browser is sent to the login, a script gets 401. */
  Filter signedIn() {
    return Filter.nonBlocking(
        next ->
            request -> {
              Optional<User> user = sessions.find(request);
              if (user.isPresent()) {
                return next.handle(request.with(USER, user.get()));
              }
              if (request.path().equals("/")) {
                return Response.redirect(303, "/login");
              }
              throw new HttpException(401, "sign in first");
            });
  }

  /** Computes for about 50 ms. */
  Response signUp(Request request) throws IOException {
    try (Form form = Forms.read(request)) {
      var inputs = Inputs.of(request);
      var name = inputs.text("name", form.first("name"), String.class).required();
      var email = inputs.text("email", form.first("email"), String.class).required();
      var password = inputs.text("password", form.first("password"), String.class).required();
      name.check(it -> it.length() <= 40, "at most 40 characters");
      email.check(it -> it.matches("[^@\\s]+@[^@\\s]+"), "an e-mail address");
      password.check("password", it -> it.length() >= 8, "8 characters or more");
      password.check("password", it -> it.getBytes(UTF_8).length <= 72, "at most 72 bytes");
      User user = add(name.value(), email.value(), hash(password.value()));
      return sessions.begin(request, Response.redirect(303, "/"), user);
    }
  }

  private User add(String name, String email, String passwordHash) {
    String insert =
        """
        INSERT INTO users (name, email, password_hash) VALUES (?, lower(?), ?)
        ON CONFLICT DO NOTHING RETURNING id, name
        """;
    return database
        .withHandle(
            it -> it.select(insert, name, email, passwordHash).mapTo(User.class).findFirst())
        .orElseThrow(() -> HttpException.of(409, "taken").field("email", "has an account"));
  }

  /** Computes for about 50 ms. */
  Response logIn(Request request) throws IOException {
    try (Form form = Forms.read(request)) {
      String select = "SELECT id, name, password_hash FROM users WHERE email = lower(?)";
      String email = form.first("email").orElse("");
      Account account =
          database
              .withHandle(it -> it.select(select, email).mapTo(Account.class).findFirst())
              .orElse(NOBODY);
      char[] password = form.first("password").orElse("").toCharArray();
      if (!BCrypt.verifyer().verify(password, account.passwordHash()).verified) {
        throw new HttpException(403, "wrong e-mail address or password");
      }
      var user = new User(account.id(), account.name());
      return sessions.begin(request, Response.redirect(303, "/"), user);
    }
  }

  Response logOut(Request request) {
    return sessions.end(request, Response.redirect(303, "/login"));
  }

  /** A new token for the API; the one before is worth nothing any more. */
  Response newToken(Request request) {
    String token = UUID.randomUUID().toString();
    String update = "UPDATE users SET token_hash = sha256(convert_to(?, 'UTF8')) WHERE id = ?";
    database.useHandle(it -> it.execute(update, token, of(request).id()));
    return Response.text(201, token).header("Cache-Control", "no-store");
  }

  Optional<User> byToken(String token) {
    String select = "SELECT id, name FROM users WHERE token_hash = sha256(convert_to(?, 'UTF8'))";
    return database.withHandle(it -> it.select(select, token).mapTo(User.class).findFirst());
  }

  private static String hash(String password) {
    return BCrypt.withDefaults().hashToString(10, password.toCharArray());
  }
}
