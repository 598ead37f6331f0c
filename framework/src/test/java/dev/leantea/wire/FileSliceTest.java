package dev.leantea.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.leantea.conformance.ContractApplication;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSliceTest {
  private static final byte[] CONTENT = ContractApplication.pattern(100_000);

  @TempDir private Path folder = Path.of("");
  private Path path = Path.of("");

  @BeforeEach
  void write() throws IOException {
    path = Files.write(folder.resolve("tea.bin"), CONTENT);
  }

  @Test
  void transferTo_inSteps_isThePart() throws IOException {
    var out = new ByteArrayOutputStream();
    try (OpenFile file = OpenFile.of(path);
        FileSlice slice = file.slice(1_000, 90_000)) {
      for (int sent = 0; sent < slice.count(); ) {
        sent += slice.transferTo(Channels.newChannel(out), sent);
      }
    }
    assertThat(out.toByteArray()).isEqualTo(Arrays.copyOfRange(CONTENT, 1_000, 91_000));
  }

  @Test
  void read_fromTheMiddle_fillsTheBuffer() throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(500);
    try (OpenFile file = OpenFile.of(path);
        FileSlice slice = file.slice(1_000, 90_000)) {
      slice.read(buffer, 89_500);
    }
    assertThat(buffer.array()).isEqualTo(Arrays.copyOfRange(CONTENT, 90_500, 91_000));
  }

  @Test
  void fileShorterThanTheSlice_throwsWhereItEnds() throws IOException {
    var out = new ByteArrayOutputStream();
    try (OpenFile file = OpenFile.of(path);
        FileSlice slice = file.slice(99_000, 2_000)) {
      assertThat(slice.transferTo(Channels.newChannel(out), 0)).isEqualTo(1_000);
      assertThatThrownBy(() -> slice.transferTo(Channels.newChannel(out), 1_000))
          .isInstanceOf(EOFException.class)
          .hasMessageContaining("expected 101000 bytes");
      assertThatThrownBy(() -> slice.read(ByteBuffer.allocate(1_001), 0))
          .isInstanceOf(EOFException.class);
    }
  }

  @Test
  void load_whatThePageCacheHas_readsNothing() throws IOException {
    try (OpenFile file = OpenFile.of(path);
        FileSlice slice = file.slice(1_000, 90_000)) {
      assertThat(slice.load()).isFalse();
    }
  }

  @Test
  void load_aColdFile_readsItIntoThePageCache() throws Exception {
    evict(path);
    try (OpenFile file = OpenFile.of(path);
        FileSlice slice = file.slice(1_000, 90_000)) {
      boolean cold = !ColdRead.isLoaded(file.channel(), 1_000, 90_000);
      assumeTrue(cold, "a file system whose files can be evicted from the page cache");
      assertThat(slice.load()).isTrue();
      assertThat(ColdRead.isLoaded(file.channel(), 1_000, 90_000)).isTrue();
      assertThat(slice.load()).isFalse();
    }
  }

  @Test
  void load_behindTheEnd_isForItsReaderToFindOut() throws IOException {
    try (OpenFile file = OpenFile.of(path);
        FileSlice slice = file.slice(200_000, 1_000)) {
      assertThat(slice.load()).isFalse();
    }
  }

  /** The JVM has no way to say so; coreutils have. */
  private static void evict(Path file) throws IOException, InterruptedException {
    Process dd =
        new ProcessBuilder("dd", "of=" + file, "oflag=nocache", "conv=notrunc,fdatasync", "count=0")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assumeTrue(dd.waitFor() == 0, "a dd that can evict a file from the page cache");
  }
}
