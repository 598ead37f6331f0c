package dev.leantea.files;

/** Says how long caches may keep a file ({@code Cache-Control}, RFC 9111 §5.2). */
@FunctionalInterface
public interface CacheRules {
  /** A copy is kept, and asked for by its {@code ETag} each time. */
  String REVALIDATE = "no-cache";

  /** A copy is kept for a year, and never asked for: the content of this name does not change. */
  String IMMUTABLE = "public, max-age=31536000, immutable";

  /**
   * The field's value for a file.
   *
   * @param path below the folder, without a slash at its start
   * @return empty for no field
   */
  String cacheControl(String path);

  /**
   * {@link #IMMUTABLE} for names with a hash of the content, as bundlers write them, and {@link
   * #REVALIDATE} for all others. Such names are {@code main.8f3a2b1c.js}, with eight or more
   * hexadecimal digits in lower case of which one is a letter and one is not, anywhere; and {@code
   * index-BkX1_Z9c.js}, with eight characters, in a folder {@code assets}.
   */
  static CacheRules hashedNames() {
    return path -> HashedNames.contain(path) ? IMMUTABLE : REVALIDATE;
  }
}
