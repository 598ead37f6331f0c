package dev.leantea.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leantea.backend.Listener;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SocketFileTest {
  @TempDir private Path folder = Path.of("");

  private Path path() {
    return folder.resolve("http.sock");
  }

  private ServerSocketChannel bind() throws IOException {
    var channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    return channel.bind(UnixDomainSocketAddress.of(path()));
  }

  @Test
  void remove_ownFile_isRemoved() throws IOException {
    try (var _ = bind()) {
      SocketFile file = SocketFile.opened(Listener.unix(path()));
      file.remove();
      assertThat(path()).doesNotExist();
      file.remove(); // again, when there is none
    }
  }

  @Test
  void remove_fileOfAnotherServerByNow_isKept() throws IOException {
    try (var _ = bind()) {
      SocketFile file = SocketFile.opened(Listener.unix(path()));
      Files.delete(path());
      try (var _ = bind()) {
        file.remove();
        assertThat(path()).exists();
      }
    }
  }
}
