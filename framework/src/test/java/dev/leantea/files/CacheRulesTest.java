package dev.leantea.files;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CacheRulesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "main.8f3a2b1c.js",
        "css/main-0a1b2c3d4e5f.chunk.css",
        "assets/index-BkX1_Z9c.js",
        "assets/fonts/Inter-ABCDEFGH.woff2",
        "app/assets/a-b-12345678.css",
        "assets/a\u0085b/index-BkX1_Z9c.js"
      })
  void hashedNames_withAHash_areImmutable(String path) {
    assertThat(CacheRules.hashedNames().cacheControl(path)).isEqualTo(CacheRules.IMMUTABLE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "index.html",
        "jquery-migrate.js",
        "report-20260131.pdf",
        "photo-1920x1080.png",
        "main.8f3a2b1.js",
        "deadbeef.8f3a2b1c/index.html",
        "images/index-BkX1_Z9c.js",
        "main-facadeff.js",
        "8f3a2b1c.js",
        "assets/8f3a2b1c"
      })
  void hashedNames_withoutOne_areAskedFor(String path) {
    assertThat(CacheRules.hashedNames().cacheControl(path)).isEqualTo(CacheRules.REVALIDATE);
  }
}
