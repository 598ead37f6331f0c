package dev.leantea.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leantea.conformance.WireClient.Reply;
import dev.leantea.files.CacheRules;
import dev.leantea.files.StaticFiles;
import dev.leantea.http.Handler;
import dev.leantea.routing.Router;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files of a page that a build has made: coded, named by hashes, in a folder and in a jar. */
public abstract class StaticSiteContract extends ServerContract {
  private static final String LARGE = "0123456789".repeat(50_000);

  @TempDir(cleanup = CleanupMode.ALWAYS)
  @SuppressWarnings("unused") // so that each suite has a folder that is cleared
  private static Path shared;

  @Override
  protected Handler application() {
    try {
      Path work = Files.createTempDirectory(shared, "work");
      Path folder = work.resolve("site");
      Files.createDirectories(folder.resolve("assets"));
      Path jar = work.resolve("site.jar");
      try (OutputStream file = Files.newOutputStream(jar);
          var out = new JarOutputStream(file)) {
        for (String name : List.of("index.html", "app.js", "app.js.gz", "assets/a-12345678.css")) {
          String content = name.equals("app.js") ? LARGE : name;
          Path path = Files.writeString(folder.resolve(name), content);
          out.putNextEntry(new JarEntry("site/" + name));
          out.write(Files.readAllBytes(path));
        }
      }
      var loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, null);
      return Router.builder()
          .get("/folder/{path...}", site(StaticFiles.of(folder)))
          .get("/jar/{path...}", site(StaticFiles.ofClassPath(loader, "site")))
          .build();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Handler site(StaticFiles files) {
    return files
        .withPrecompressed()
        .withCacheRules(CacheRules.hashedNames())
        .withFallback("index.html");
  }

  private static Reply get(WireClient client, String target, String field) throws IOException {
    return client.send("GET " + target + " HTTP/1.1\r\nHost: a\r\n" + field + "\r\n\r\n").read();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/folder", "/jar"})
  void files_plainCodedInPartsAndCached(String root) throws IOException {
    try (WireClient client = connect()) {
      Reply plain = get(client, root + "/app.js", "X: y");
      assertThat(plain.text()).isEqualTo(LARGE);
      Reply coded = get(client, root + "/app.js", "Accept-Encoding: br;q=0.1, gzip");
      assertThat(coded.text()).isEqualTo("app.js.gz");
      assertThat(coded.field("Content-Encoding")).isEqualTo("gzip");
      assertThat(coded.field("Content-Type")).startsWith("text/javascript");
      assertThat(coded.field("Vary")).isEqualTo("Accept-Encoding");
      Reply cached = get(client, root + "/app.js", "If-None-Match: " + plain.field("ETag"));
      assertThat(cached.status()).isEqualTo(304);
      Reply part = get(client, root + "/app.js", "Range: bytes=10-14");
      assertThat(part.status()).isEqualTo(206);
      assertThat(part.text()).isEqualTo("01234");
      assertThat(get(client, root + "/assets/a-12345678.css", "X: y").field("Cache-Control"))
          .contains("immutable");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/folder", "/jar"})
  void fallback_pagesOfTheBrowsersRouter(String root) throws IOException {
    try (WireClient client = connect()) {
      Reply page = get(client, root + "/users/7", "Accept: text/html");
      assertThat(page.text()).isEqualTo("index.html");
      assertThat(page.field("Cache-Control")).isEqualTo("no-cache");
      assertThat(get(client, root + "/users/7", "Accept: */*").status()).isEqualTo(404);
    }
  }
}
