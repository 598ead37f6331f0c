package dev.leantea.reactor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leantea.wire.FileSlice;
import dev.leantea.wire.OpenFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SendQueueTest {
  private final SendQueue queue = new SendQueue(new SegmentPool());

  @TempDir private Path folder = Path.of("");

  @SuppressWarnings("NullAway.Init") // JUnit calls open first
  private OpenFile file;

  /** The queue is {@code head│file│tail}, the middle a slice of a file. */
  @BeforeEach
  void open() throws IOException {
    file =
        OpenFile.of(Files.writeString(folder.resolve("tea.txt"), "a file in which there is tea"));
    queue.append(new byte[] {'h', 'e', 'a', 'd'}, 0, 4);
    queue.append(file.slice(2, 4));
    queue.append(new byte[] {'t', 'a', 'i', 'l'}, 0, 4);
  }

  @AfterEach
  void close() {
    queue.clear();
    file.close();
  }

  @Test
  void appendStaged_isInFrontAndNotCopied() throws IOException {
    queue.clear();
    queue.appendStaged(10);
    queue.appendStaged(5);
    queue.append(new byte[] {'t', 'a', 'i', 'l'}, 0, 4);
    queue.consume(8);
    assertThat(queue.size()).isEqualTo(11);
    assertThat(queue.staged()).isEqualTo(7);
    assertThat(queue.stagedFrom()).isEqualTo(8);
    assertThat(queue.stagedTo()).isEqualTo(15);
    queue.consume(7);
    assertThat(queue.staged()).isZero();
    assertThat(queue.stagedTo()).isZero();
    assertThat(copied(100)).isEqualTo("tail");
  }

  @Test
  void appendStaged_behindOtherBytes_refused() {
    assertThatThrownBy(() -> queue.appendStaged(1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("nothing but staged bytes");
    assertThat(queue.size()).isEqualTo(12);
  }

  @Test
  void copyTo_buffer_stopsAtTheFile() {
    ByteBuffer target = ByteBuffer.allocate(100);
    queue.copyTo(target);
    assertThat(new String(target.array(), 0, target.position(), StandardCharsets.US_ASCII))
        .isEqualTo("head");
  }

  @Test
  void copyTo_memory_readsTheFileAsWell() throws IOException {
    assertThat(copied(100)).isEqualTo("headfiletail");
    assertThat(queue.size()).isEqualTo(12);
  }

  @Test
  void copyTo_partOfItSent_goesOnWithinTheFile() throws IOException {
    queue.consume(6);
    assertThat(copied(3)).isEqualTo("let");
  }

  private String copied(int most) throws IOException {
    byte[] memory = new byte[most + 1];
    ByteBuffer direct = ByteBuffer.allocateDirect(memory.length);
    int bytes = queue.copyTo(MemorySegment.ofBuffer(direct), 1, most);
    direct.get(memory);
    return new String(memory, 1, bytes, StandardCharsets.US_ASCII);
  }

  @Test
  void transferTo_fileInFront_sendsAndConsumesIt() throws IOException {
    var out = new ByteArrayOutputStream();
    assertThat(queue.startsWithFile()).isFalse();
    queue.consume(5);
    assertThat(queue.startsWithFile()).isTrue();
    assertThat(queue.transferTo(Channels.newChannel(out))).isTrue();
    assertThat(out).hasToString("ile");
    assertThat(queue.size()).isEqualTo(4);
    assertThat(queue.startsWithFile()).isFalse();
  }

  @Test
  void transferTo_bytesInFront_isAFault() {
    assertThatThrownBy(() -> queue.transferTo(Channels.newChannel(new ByteArrayOutputStream())))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void clear_sliceUnsent_closesIt() throws IOException {
    OpenFile other = OpenFile.of(folder.resolve("tea.txt"));
    FileSlice slice = other.slice(0, 4);
    queue.append(slice);
    other.close();
    assertThat(slice.channel().isOpen()).isTrue();
    queue.clear();
    assertThat(slice.channel().isOpen()).isFalse();
    assertThat(queue.isEmpty()).isTrue();
  }
}
