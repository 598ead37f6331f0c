package dev.leantea.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leantea.http.Handler;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder as a merged jar: classes of several backends, and at most one service entry. */
class MissingEntriesTest {
  private static final String FILE = "META-INF/services/dev.leantea.backend.BackendProvider";

  @TempDir private Path jar;
  private final List<String> warnings = new ArrayList<>();
  private final ClassLoader before = Thread.currentThread().getContextClassLoader();
  private URLClassLoader loader;

  /** A backend with an entry. */
  public static final class Sole implements BackendProvider {
    @Override
    public String name() {
      return "sole";
    }

    @Override
    public List<String> aliases() {
      return List.of();
    }

    @Override
    public int rank() {
      return 9;
    }

    @Override
    public String usage() {
      return "sole";
    }

    @Override
    public Optional<String> unavailable() {
      return Optional.empty();
    }

    @Override
    public Backend create(BackendSpec spec) {
      return new SoleBackend();
    }
  }

  private record SoleBackend() implements Backend {
    @Override
    public String name() {
      return "sole";
    }

    @Override
    public String engine() {
      return "none";
    }

    @Override
    public String reason() {
      return "test";
    }

    @Override
    public Server serve(ServerConfig config, Handler handler) {
      throw new UnsupportedOperationException("expected to be picked alone");
    }
  }

  @BeforeEach
  void useJar() throws MalformedURLException {
    loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, before);
    Thread.currentThread().setContextClassLoader(loader);
  }

  @AfterEach
  void restore() throws IOException {
    Thread.currentThread().setContextClassLoader(before);
    loader.close();
  }

  private void put(String name, String content) throws IOException {
    Path file = jar.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }

  @Test
  void fromEnv_classesWithoutAnyEntry_saysWhichAndWhatToDo() throws IOException {
    put("dev/leantea/netty/NettyProvider.class", "");
    assertThatThrownBy(() -> Backends.fromEnv(Map.of(), warnings::add))
        .isInstanceOf(BackendException.class)
        .hasMessageContaining(
            "dev.leantea.netty.NettyProvider on the class path without an entry in " + FILE)
        .hasMessageContaining("ServicesResourceTransformer");
  }

  @Test
  void named_classesWithoutEntry_saysWhich() throws IOException {
    put("dev/leantea/reactor/ReactorProvider.class", "");
    put(FILE, Sole.class.getName());
    assertThatThrownBy(() -> Backends.named("reactor"))
        .isInstanceOf(BackendException.class)
        .hasMessageContaining("available: sole")
        .hasMessageContaining(
            "dev.leantea.reactor.ReactorProvider on the class path without an entry");
  }

  /** The entry of one backend replaced those of the others: another than the default serves. */
  @Test
  void fromEnv_oneEntryOfSeveral_servesAndWarns() throws IOException {
    put("dev/leantea/reactor/ReactorProvider.class", "");
    put("dev/leantea/blocking/BlockingProvider.class", "");
    put(FILE, Sole.class.getName());
    assertThat(Backends.fromEnv(Map.of(), warnings::add).name()).isEqualTo("sole");
    assertThat(warnings)
        .singleElement()
        .asString()
        .contains("dev.leantea.reactor.ReactorProvider and dev.leantea.blocking.BlockingProvider")
        .endsWith("; using sole");
  }

  @Test
  void fromEnv_nothingMissing_warnsOfNothing() throws IOException {
    put(FILE, Sole.class.getName());
    assertThat(Backends.fromEnv(Map.of(), warnings::add).name()).isEqualTo("sole");
    assertThat(warnings).isEmpty();
  }
}
