package dev.leantea.http;

/**
 * The key of something that a filter attaches to a request for the handlers after it:
 *
 * <pre>{@code
 * static final Attribute<User> USER = Attribute.of("user");
 *
 * Filter authentication = next -> request -> next.handle(request.with(USER, userOf(request)));
 * Handler page = request -> Response.text(200, request.attribute(USER).orElseThrow().name());
 * }</pre>
 *
 * <p>Keys are compared by identity: two of the same name are two keys.
 *
 * @param <T> the value's type
 */
@SuppressWarnings("UnusedTypeParameter") // it ties a value to its key at compile time
public final class Attribute<T> {
  private final String name;

  private Attribute(String name) {
    this.name = name;
  }

  /**
   * A new key.
   *
   * @param name for people who read a log
   */
  public static <T> Attribute<T> of(String name) {
    return new Attribute<>(Arguments.require(name, "attribute name"));
  }

  @Override
  public String toString() {
    return name;
  }
}
