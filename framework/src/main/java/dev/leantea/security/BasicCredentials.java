package dev.leantea.security;

/**
 * A name and a password (RFC 7617).
 *
 * @param name has no colon, and no control characters
 * @param password has no control characters
 */
public record BasicCredentials(String name, String password) {
  /** Without the password. */
  @Override
  public String toString() {
    return name + ":…";
  }
}
