package dev.leantea.session;

import dev.leantea.http.Cookie;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** Sessions in cookies, encrypted; the cookie's name is part of what is signed. */
final class CookieKeeper implements Keeper {
  /** A session is written again when this part of its idle limit has passed. */
  private static final int RENEWALS = 8;

  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  private final SessionKeys keys;
  private final SessionOptions options;
  private final byte[] context;
  private final int maxJsonBytes;

  CookieKeeper(SessionKeys keys, SessionOptions options) {
    this.keys = keys;
    this.options = options;
    String name = options.cookie().name();
    this.context = ("leantea session " + name).getBytes(StandardCharsets.UTF_8);
    int encrypted = (Cookie.MAX_BYTES - name.length()) * 3 / 4;
    this.maxJsonBytes = encrypted - SessionKeys.OVERHEAD_BYTES - Session.HEAD_BYTES;
  }

  @Override
  public Optional<Session> find(String value) {
    if (value.length() > Cookie.MAX_BYTES) {
      return Optional.empty();
    }
    byte[] encrypted;
    try {
      encrypted = Base64.getUrlDecoder().decode(value);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    return keys.decrypt(encrypted, context)
        .flatMap(Session::decode)
        .filter(it -> !options.isOver(it) && !isIdle(it));
  }

  private boolean isIdle(Session session) {
    return !options.now().isBefore(session.used().plus(options.idle()));
  }

  /**
   * @throws IllegalStateException when it does not fit into a cookie
   */
  @Override
  public String begin(Session session) {
    if (session.json().length > maxJsonBytes) {
      throw new IllegalStateException(
          "session: expected at most %s bytes of JSON, for it is kept in a cookie, got %s; keep less, or use Sessions.inStore"
              .formatted(maxJsonBytes, session.json().length));
    }
    return BASE64.encodeToString(keys.encrypt(session.encode(), context));
  }

  @Override
  public Optional<String> replace(String value, Session session) {
    return Optional.of(begin(session));
  }

  @Override
  public void end(String value) {
    // the client removes the cookie: there is nothing here
  }

  @Override
  public Optional<String> renew(Session session) {
    boolean due = !options.now().isBefore(session.used().plus(options.idle().dividedBy(RENEWALS)));
    return due
        ? Optional.of(begin(session.withJson(options.now(), session.json())))
        : Optional.empty();
  }
}
