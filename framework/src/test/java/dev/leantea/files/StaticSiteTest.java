package dev.leantea.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leantea.http.Failures;
import dev.leantea.http.Method;
import dev.leantea.http.PathParameters;
import dev.leantea.http.Request;
import dev.leantea.http.Response;
import dev.leantea.routing.Router;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The same files from a folder, from a folder of the class path, and from a jar of it. */
class StaticSiteTest {
  private static final Map<String, String> FILES =
      Map.of(
          "index.html", "<h1>Tea</h1>",
          "app.js", "plain()",
          "app.js.br", "br()",
          "app.js.zst", "zst()",
          "app.js.gz", "gz()",
          "main.8f3a2b1c.css", "h1 {}",
          "docs/index.html", "<h1>Docs</h1>",
          ".hidden", "secret",
          ".well-known/security.txt", "mail");

  /** Where the files are. */
  enum Place {
    FOLDER,
    CLASS_PATH,
    JAR
  }

  @TempDir private Path folder;

  @SuppressWarnings("NullAway.Init") // JUnit calls write first
  private URLClassLoader loader;

  @BeforeEach
  void write() throws IOException {
    Path jar = folder.resolve("site.jar");
    try (OutputStream file = Files.newOutputStream(jar);
        var out = new JarOutputStream(file)) {
      for (Map.Entry<String, String> each : FILES.entrySet()) {
        Path path = folder.resolve("classes/site").resolve(each.getKey());
        Files.createDirectories(path.getParent());
        Files.writeString(path, each.getValue());
        out.putNextEntry(new JarEntry("site/" + each.getKey()));
        out.write(each.getValue().getBytes(StandardCharsets.UTF_8));
      }
      out.putNextEntry(new JarEntry("secret.txt"));
    }
    loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, null);
  }

  @AfterEach
  void close() throws IOException {
    loader.close();
  }

  private StaticFiles site(Place place) throws IOException {
    StaticFiles files =
        switch (place) {
          case FOLDER -> StaticFiles.of(folder.resolve("classes/site"));
          case CLASS_PATH -> onDisk();
          case JAR -> StaticFiles.ofClassPath(loader, "site");
        };
    return files
        .withPrecompressed()
        .withCacheRules(CacheRules.hashedNames())
        .withFallback("index.html");
  }

  private StaticFiles onDisk() throws IOException {
    URL classes = folder.resolve("classes").toUri().toURL();
    try (var ofFolder = new URLClassLoader(new URL[] {classes}, null)) {
      return StaticFiles.ofClassPath(ofFolder, "site");
    }
  }

  private Response get(Place place, String path, String name, String value) throws Exception {
    var router = Router.builder().get("/{path...}", site(place)).build();
    return Failures.call(router, Request.of(Method.GET, path).withHeader(name, value));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gzip, deflate, br, zstd | br   | br()",
        "zstd, gzip              | zstd | zst()",
        "gzip                    | gzip | gz()",
        "br;q=0.1, gzip;q=0.2    | gzip | gz()",
        "deflate                 | none | plain()",
        "identity, gzip;q=0.5    | none | plain()"
      })
  void precompressed_byWeights(String accept, String coding, String content) throws Exception {
    for (Place place : Place.values()) {
      Response response = get(place, "/app.js", "Accept-Encoding", accept);
      assertThat(response.bodyText()).as("%s", place).isEqualTo(content);
      assertThat(response.headers().first("Content-Encoding").orElse("none")).isEqualTo(coding);
      assertThat(response.headers().all("Vary")).containsExactly("Accept-Encoding");
      assertThat(response.headers().first("Content-Type").orElseThrow())
          .startsWith("text/javascript");
    }
  }

  @ParameterizedTest
  @EnumSource
  void precompressed_fileWithoutOne_isPlain(Place place) throws Exception {
    Response response = get(place, "/docs/", "Accept-Encoding", "br, gzip");
    assertThat(response.bodyText()).isEqualTo("<h1>Docs</h1>");
    assertThat(response.headers().contains("Content-Encoding")).isFalse();
    assertThat(response.headers().all("Vary")).containsExactly("Accept-Encoding");
  }

  @ParameterizedTest
  @EnumSource
  void precompressed_tagsAndRanges_areThoseOfTheCodedFile(Place place) throws Exception {
    Response plain = get(place, "/app.js", "Accept-Encoding", "identity");
    Response coded = get(place, "/app.js", "Accept-Encoding", "br");
    String tag = coded.headers().first("ETag").orElseThrow();
    assertThat(plain.headers().first("ETag"))
        .isPresent()
        .isNotEqualTo(coded.headers().first("ETag"));
    var router = Router.builder().get("/{path...}", site(place)).build();
    Request request = Request.of(Method.GET, "/app.js").withHeader("Accept-Encoding", "br");
    Response cached = router.handle(request.withHeader("If-None-Match", tag));
    assertThat(cached.status()).isEqualTo(304);
    assertThat(cached.headers().contains("Content-Encoding")).isFalse();
    Response part = router.handle(request.withHeader("Range", "bytes=1-2"));
    assertThat(part.status()).isEqualTo(206);
    assertThat(part.bodyText()).isEqualTo("r(");
    Response none = router.handle(request.withHeader("Range", "bytes=100-"));
    assertThat(none.status()).isEqualTo(416);
    assertThat(none.headers().first("Content-Type")).contains("application/json");
    assertThat(none.headers().contains("Content-Encoding")).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void cacheRules_byName(Place place) throws Exception {
    assertThat(get(place, "/main.8f3a2b1c.css", "X", "y").headers().first("Cache-Control"))
        .contains("public, max-age=31536000, immutable");
    assertThat(get(place, "/", "X", "y").headers().first("Cache-Control")).contains("no-cache");
    assertThat(get(place, "/none.css", "X", "y").headers().contains("Cache-Control")).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void fallback_forPagesAlone(Place place) throws Exception {
    Response page = get(place, "/users/7", "Accept", "text/html,*/*;q=0.8");
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.bodyText()).isEqualTo("<h1>Tea</h1>");
    assertThat(page.headers().first("Cache-Control")).contains("no-cache");
    assertThat(get(place, "/users/7", "Accept", "application/json").status()).isEqualTo(404);
    assertThat(get(place, "/users/7.js", "Accept", "text/html").status()).isEqualTo(404);
    assertThat(get(place, "/users/7", "X", "y").status()).isEqualTo(404);
  }

  @ParameterizedTest
  @EnumSource
  void names_hiddenAndOutside_areNotFound(Place place) throws Exception {
    StaticFiles site = site(place);
    Request request = Request.of(Method.GET, "/");
    for (String path :
        List.of(
            ".hidden",
            "../secret.txt",
            "..",
            "docs/../../secret.txt",
            "docs/.x",
            "/etc/passwd",
            "site/",
            "app.js/",
            "\\..\\secret.txt",
            "a\0b")) {
      var parameters = new PathParameters(List.of("path"), List.of(path));
      Response response = Failures.call(site, request.withPath(parameters));
      assertThat(response.status()).as(path).isEqualTo(404);
    }
    assertThat(get(place, "/.well-known/security.txt", "X", "y").bodyText()).isEqualTo("mail");
    Response redirect = get(place, "/docs?a=b", "X", "y");
    assertThat(redirect.status()).isEqualTo(308);
    assertThat(redirect.headers().first("Location")).contains("/docs/?a=b");
  }

  @ParameterizedTest
  @CsvSource({"none", "sit"})
  void ofClassPath_noSuchFolder_isAnError(String name) {
    assertThatThrownBy(() -> StaticFiles.ofClassPath(loader, name))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("expected a folder " + name + " on the class path");
  }
}
