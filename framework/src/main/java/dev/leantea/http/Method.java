package dev.leantea.http;

import java.util.List;

/**
 * A request method: one of the constants here, or any other token (RFC 9110 §9.1), such as {@code
 * Method.of("PURGE")}. Two methods are equal when their names are, which are case-sensitive.
 *
 * <p>Ordered as the constants are declared here, then by name. Immutable; any thread.
 */
public final class Method implements Comparable<Method> {
  /** Maximum characters of a name. A request with a longer method is answered with 501. */
  public static final int MAX_LENGTH = 32;

  public static final Method GET = new Method("GET", 0);
  public static final Method HEAD = new Method("HEAD", 1);
  public static final Method POST = new Method("POST", 2);
  public static final Method PUT = new Method("PUT", 3);

  /** RFC 5789. */
  public static final Method PATCH = new Method("PATCH", 4);

  public static final Method DELETE = new Method("DELETE", 5);

  /** RFC 10008: safe and idempotent, with a body that holds the query. */
  public static final Method QUERY = new Method("QUERY", 6);

  public static final Method OPTIONS = new Method("OPTIONS", 7);
  public static final Method TRACE = new Method("TRACE", 8);
  public static final Method CONNECT = new Method("CONNECT", 9);

  private static final List<Method> STANDARD =
      List.of(GET, HEAD, POST, PUT, PATCH, DELETE, QUERY, OPTIONS, TRACE, CONNECT);

  private final String name;
  private final int order;

  private Method(String name, int order) {
    this.name = name;
    this.order = order;
  }

  /**
   * The method of this name; a constant of this class if there is one.
   *
   * @throws IllegalArgumentException when the name is no token or longer than {@link #MAX_LENGTH}
   */
  public static Method of(String name) {
    for (Method standard : STANDARD) {
      if (standard.name.equals(name)) {
        return standard;
      }
    }
    if (!Characters.isToken(name) || name.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "method: expected a token of at most %s characters (RFC 9110 §9.1), got %s"
              .formatted(MAX_LENGTH, Characters.quote(name)));
    }
    return new Method(name, STANDARD.size());
  }

  /** The constants of this class, in their order. */
  public static List<Method> standard() {
    return STANDARD;
  }

  /** As it stands in a request line: {@code GET}. */
  public String name() {
    return name;
  }

  @Override
  public int compareTo(Method other) {
    return order == other.order ? name.compareTo(other.name) : Integer.compare(order, other.order);
  }

  @Override
  public boolean equals(Object other) {
    return this == other || (other instanceof Method method && name.equals(method.name));
  }

  @Override
  public int hashCode() {
    return name.hashCode();
  }

  @Override
  public String toString() {
    return name;
  }
}
