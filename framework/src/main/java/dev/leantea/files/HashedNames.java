package dev.leantea.files;

import java.util.regex.Pattern;

/** Names of files with a hash of their content, as bundlers write them. */
final class HashedNames {
  private static final Pattern HEX =
      Pattern.compile(
          "[.-](?=[0-9a-f]*+[.])(?=[a-f]*+[0-9])(?=[0-9]*+[a-f])[0-9a-f]{8,64}[.][^/]+$");

  private static final Pattern IN_ASSETS =
      Pattern.compile("(?s)(?:^|/)assets/(?:.*/)?[^/]*-[A-Za-z0-9_-]{8}[.][^/-]+$");

  private HashedNames() {}

  static boolean contain(String path) {
    return HEX.matcher(path).find() || IN_ASSETS.matcher(path).find();
  }
}
