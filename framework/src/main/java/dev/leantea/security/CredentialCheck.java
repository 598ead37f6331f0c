package dev.leantea.security;

import java.util.Optional;

/**
 * Finds out whose credentials these are.
 *
 * @param <C> the credentials' type
 * @param <U> what the application knows about a user
 */
@FunctionalInterface
public interface CredentialCheck<C, U> {
  /**
   * Returns the user, or empty when the credentials are wrong. Compare secrets with {@link
   * Authentication#isSameSecret}, or by the library that has hashed them. May block.
   *
   * @throws Exception as a handler does
   */
  Optional<U> check(C credentials) throws Exception;
}
