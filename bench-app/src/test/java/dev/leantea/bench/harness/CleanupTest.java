package dev.leantea.bench.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CleanupTest {
  private final List<String> closed = new ArrayList<>();

  private Cleanup.Resource resource(String name) {
    return () -> closed.add(name);
  }

  @Test
  void close_severalOpen_closesTheLastFirst() throws Exception {
    try (Cleanup cleanup = Cleanup.install()) {
      Cleanup.Resource middle = resource("middle");
      assertThat(cleanup.add(resource("first"))).isNotNull();
      assertThat(cleanup.add(middle)).isSameAs(middle);
      assertThat(cleanup.add(resource("last"))).isNotNull();
      cleanup.release(middle);
    }
    assertThat(closed).containsExactly("middle", "last", "first");
  }

  @Test
  void add_afterClose_closesAtOnce() {
    Cleanup cleanup = Cleanup.install();
    cleanup.close();
    assertThatThrownBy(() -> cleanup.add(resource("late"))).isInstanceOf(BenchException.class);
    assertThat(closed).containsExactly("late");
    assertThat(cleanup.closed()).isTrue();
  }

  @Test
  void close_temporaryFolderWithFiles_deletesThem() throws Exception {
    Cleanup cleanup = Cleanup.install();
    Path folder = cleanup.temporaryFolder();
    Files.createDirectories(folder.resolve("a/b"));
    Files.writeString(folder.resolve("a/b/c"), "text");
    cleanup.close();
    assertThat(folder).doesNotExist();
  }
}
