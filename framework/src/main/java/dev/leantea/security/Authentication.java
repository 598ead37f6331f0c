package dev.leantea.security;

import dev.leantea.http.Attribute;
import dev.leantea.http.Filter;
import dev.leantea.http.Handler;
import dev.leantea.http.HttpException;
import dev.leantea.http.Request;
import dev.leantea.http.Response;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;

/**
 * Filters that ask for credentials: the schemes Basic (RFC 7617) and Bearer (RFC 6750).
 *
 * <pre>{@code
 * static final Attribute<User> USER = Attribute.of("user");
 *
 * Filter loggedIn = Authentication.bearer("api", USER, token -> users.byToken(token));
 * Handler page = request -> Response.text(200, request.attribute(USER).orElseThrow().name());
 * }</pre>
 *
 * <p>Without credentials, or with wrong ones, the answer is 401 with {@code WWW-Authenticate}.
 * Secrets never appear in it, nor in the log. Use them over TLS alone, and limit how often a client
 * may try.
 *
 * <p>A check may block; one that does not can be declared, with {@link Filter#nonBlocking}, and one
 * that hashes passwords with {@link Filter#computing}.
 */
public final class Authentication {
  private Authentication() {}

  /**
   * Asks for one name and password, which are compared in constant time: for an operator's page.
   *
   * @param realm shown to the user
   * @throws IllegalArgumentException when the password is empty
   */
  public static Filter basic(String realm, String name, String password) {
    requireSecret(password, "password");
    Attribute<String> user = Attribute.of("user");
    String expected = name + ":" + password;
    return Filter.nonBlocking(
        basic(
            realm,
            user,
            it ->
                isSameSecret(it.name() + ":" + it.password(), expected)
                    ? Optional.of(name)
                    : Optional.empty()));
  }

  /**
   * Asks for a name and a password, and attaches their user to the request.
   *
   * @param realm shown to the user
   */
  public static <U> Filter basic(
      String realm, Attribute<U> key, CredentialCheck<BasicCredentials, U> check) {
    HttpException refused =
        unauthorized("Basic realm=" + quoted(realm) + ", charset=\"UTF-8\"", "log in");
    return next ->
        request ->
            answer(
                next,
                request,
                key,
                checked(
                    check,
                    Authorization.credentials(request, "Basic").flatMap(Authorization::basic)),
                refused);
  }

  /**
   * Asks for one token, which is compared in constant time: for another service.
   *
   * @throws IllegalArgumentException when the token is empty
   */
  public static Filter bearer(String realm, String token) {
    requireSecret(token, "token");
    Attribute<String> client = Attribute.of("client");
    return Filter.nonBlocking(
        bearer(
            realm, client, it -> isSameSecret(it, token) ? Optional.of(realm) : Optional.empty()));
  }

  /** Asks for a token, and attaches its user to the request. */
  public static <U> Filter bearer(
      String realm, Attribute<U> key, CredentialCheck<String, U> check) {
    String challenge = "Bearer realm=" + quoted(realm);
    HttpException missing = unauthorized(challenge, "expected a bearer token");
    HttpException wrong =
        unauthorized(challenge + ", error=\"invalid_token\"", "the token is not valid");
    return next ->
        request -> {
          Optional<String> token = Authorization.credentials(request, "Bearer");
          return answer(
              next,
              request,
              key,
              checked(check, token.filter(Authorization::isToken)),
              token.isPresent() ? wrong : missing); // RFC 6750 §3.1
        };
  }

  private static <C, U> Optional<U> checked(CredentialCheck<C, U> check, Optional<C> credentials)
      throws Exception {
    return credentials.isEmpty() ? Optional.empty() : check.check(credentials.get());
  }

  private static <U> Response answer(
      Handler next, Request request, Attribute<U> key, Optional<U> user, HttpException refused)
      throws Exception {
    return user.isEmpty()
        ? refused.toResponse(request)
        : next.handle(request.with(key, user.get()));
  }

  /** An environment variable that is not set must not let everybody in. */
  private static void requireSecret(String secret, String name) {
    if (secret.isEmpty()) {
      throw new IllegalArgumentException(name + ": expected a secret, got an empty text");
    }
  }

  private static HttpException unauthorized(String challenge, String message) {
    return HttpException.of(401, message).header("WWW-Authenticate", challenge);
  }

  /** A quoted-string (RFC 9110 §5.6.4). */
  private static String quoted(String realm) {
    if (!realm.chars().allMatch(c -> c >= ' ' && c <= '~')) {
      throw new IllegalArgumentException("realm: expected visible ASCII and spaces, got " + realm);
    }
    return '"' + realm.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  /**
   * Whether two secrets are equal, in a time that does not depend on where they differ.
   *
   * @param given by the client
   */
  public static boolean isSameSecret(String given, String expected) {
    return MessageDigest.isEqual(
        given.getBytes(StandardCharsets.UTF_8), expected.getBytes(StandardCharsets.UTF_8));
  }
}
