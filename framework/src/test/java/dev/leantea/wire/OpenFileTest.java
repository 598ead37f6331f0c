package dev.leantea.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenFileTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void close_sliceOnItsWay_keepsTheFileOpenUntilThat() throws IOException {
    FileSlice slice;
    try (OpenFile file = OpenFile.of(Files.writeString(folder.resolve("tea.txt"), "tea"))) {
      slice = file.slice(0, 3);
    }
    assertThat(slice.channel().isOpen()).isTrue();
    slice.close();
    assertThat(slice.channel().isOpen()).isFalse();
  }

  @Test
  void of_fileWithinAnArchive_isRefused() throws IOException {
    Path archive = folder.resolve("tea.zip");
    try (FileSystem zip = FileSystems.newFileSystem(archive, Map.of("create", "true"))) {
      Path inside = Files.writeString(zip.getPath("tea.txt"), "tea");
      assertThat(OpenFile.supports(inside)).isFalse();
      assertThatThrownBy(() -> OpenFile.of(inside))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("expected a file of the default file system");
    }
    assertThat(OpenFile.supports(archive)).isTrue();
  }
}
