package dev.leantea.bench.harness.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leantea.bench.harness.BenchException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CleanupTest {
  private final List<String> closed = new ArrayList<>();

  private Resource resource(String name) {
    return () -> closed.add(name);
  }

  @Test
  void close_severalOpen_closesTheLastFirst() throws Exception {
    try (Cleanup cleanup = Cleanup.install()) {
      Resource middle = resource("middle");
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
  void close_workspaceWithFiles_deletesThem() throws Exception {
    Workspace workspace = Workspace.create();
    Files.createDirectories(workspace.folder().resolve("a/b"));
    Files.writeString(workspace.folder().resolve("a/b/c"), "text");
    workspace.close();
    assertThat(workspace.folder()).doesNotExist();
  }
}
