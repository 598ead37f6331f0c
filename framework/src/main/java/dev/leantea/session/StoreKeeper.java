package dev.leantea.session;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;

/** Sessions in a store; the cookie's value is a random number, and its hash the store's id. */
record StoreKeeper(SessionStore store, SessionOptions options) implements Keeper {
  private static final int ID_BYTES = 32;

  /** In base64url without padding. */
  private static final int ID_LENGTH = 43;

  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  @Override
  public Optional<Session> find(String value) {
    if (value.length() != ID_LENGTH) {
      return Optional.empty();
    }
    Optional<Session> found = store.find(id(value), options.idle()).flatMap(Session::decode);
    if (found.filter(options::isOver).isPresent()) {
      end(value);
      return Optional.empty();
    }
    return found;
  }

  @Override
  public String begin(Session session) {
    String value = BASE64.encodeToString(SessionKeys.randomBytes(ID_BYTES));
    store.create(id(value), session.encode(), options.idle(session));
    return value;
  }

  @Override
  public Optional<String> replace(String value, Session session) {
    return store.replace(id(value), session.encode(), options.idle(session))
        ? Optional.of(value)
        : Optional.empty();
  }

  @Override
  public void end(String value) {
    if (value.length() == ID_LENGTH) {
      store.remove(id(value));
    }
  }

  @Override
  public Optional<String> renew(Session session) {
    return Optional.empty(); // the store knows when it was read
  }

  private static String id(String value) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      return BASE64.encodeToString(sha256.digest(value.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }
}
