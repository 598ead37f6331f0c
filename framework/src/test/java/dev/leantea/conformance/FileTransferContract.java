package dev.leantea.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.leantea.backend.Server;
import dev.leantea.files.StaticFiles;
import dev.leantea.filter.Compression;
import dev.leantea.http.Handler;
import dev.leantea.http.Limits;
import dev.leantea.http.Request;
import dev.leantea.http.Response;
import dev.leantea.routing.Router;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Large files, which the kernel sends where it can: every byte in its place, whatever client and
 * file do meanwhile, and no descriptor left open.
 *
 * <p>The byte at {@code i} of the file follows from {@code i} alone, so that each part can be told
 * from every other.
 */
public abstract class FileTransferContract extends ServerContract {
  private static final int BLOCK_BYTES = 64 * 1024;

  /** Many slices, and more than the kernel holds for both sides of a loopback connection. */
  private static final int FILE_BYTES = 64 * 1024 * 1024 + 4321;

  /** Long enough for a loaded machine: it is reached only when something hangs. */
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

  @TempDir(cleanup = CleanupMode.ALWAYS)
  @SuppressWarnings("unused") // so that each suite has a folder that is cleared
  private static Path shared;

  private Path root = Path.of("");

  @Override
  protected Handler application() {
    try {
      root = Files.createTempDirectory(shared, "public").toRealPath();
      fill(root.resolve("large.bin"), FILE_BYTES);
      fill(root.resolve("large.txt"), 3 * 1024 * 1024 + 21);
      Files.createDirectory(root.resolve("folder"));
      Files.createSymbolicLink(root.resolve("loop"), root.resolve("loop"));
      Files.createFile(root.resolve("empty"));
      Handler files = StaticFiles.of(root);
      return Router.builder()
          .get("/health", _ -> Response.text(200, "ok"))
          .get("/unchecked/{name}/{length}", this::unchecked)
          .get("/files/{path...}", files)
          .group("/gzip", it -> it.filter(Compression.gzip()).get("/{path...}", files))
          .build();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A file that was there when the handler looked, but is not when it is sent. */
  private Response unchecked(Request request) {
    Path file = root.resolve(request.path("name"));
    return Response.file(200, file, 0, Long.parseLong(request.path("length")));
  }

  private static void fill(Path file, int bytes) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      for (int at = 0; at < bytes; at += BLOCK_BYTES) {
        out.write(content(at, Math.min(BLOCK_BYTES, bytes - at)));
      }
    }
  }

  private static byte[] content(int from, int count) {
    byte[] bytes = new byte[count];
    for (int i = 0; i < count; i++) {
      int at = from + i;
      bytes[i] = (byte) (at ^ (at >>> 8) * 31 ^ (at >>> 16) * 17);
    }
    return bytes;
  }

  // ---- no byte

  @ParameterizedTest
  @CsvSource({
    "gone, 10",
    "gone, 3000000",
    "folder, 10",
    "folder, 3000000",
    "loop, 10",
    "loop, 3000000",
    "empty, 10",
    "empty, 3000000",
  })
  void get_fileThatCannotBeRead_is500AndKeepsTheConnection(String name, int length)
      throws IOException {
    try (WireClient client = connect()) {
      var reply = client.get("/unchecked/" + name + "/" + length).read();
      assertThat(reply.status()).isEqualTo(500);
      assertThat(reply.text()).doesNotContain(name);
      assertThat(client.get("/health").read().text()).isEqualTo("ok");
    }
    awaitNoDescriptor(root.resolve(name));
  }

  // ---- every byte

  @Test
  void get_wholeFile_isTheSameBytesAndKeepsTheConnection() throws IOException {
    try (WireClient client = connect()) {
      for (int i = 0; i < 2; i++) {
        client.get("/files/large.bin");
        assertThat(client.readHead(200)).contains("Content-Length: " + FILE_BYTES);
        expect(client, 0, FILE_BYTES);
      }
      assertThat(client.get("/health").read().text()).isEqualTo("ok");
    }
    awaitNoDescriptor(root.resolve("large.bin"));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 16383",
    "0, 16384",
    "1, 16385",
    "1048575, 2",
    "1048575, 1048578",
    "33000000, 20000000"
  })
  void get_part_isThosePartsBytes(int from, int count) throws IOException {
    try (WireClient client = connect()) {
      askFor(client, from, count);
      expect(client, from, count);
      assertThat(client.get("/health").read().text()).isEqualTo("ok");
    }
  }

  @Test
  void get_pipelined_areAnsweredInOrder() throws IOException {
    try (WireClient client = connect()) {
      String range = "GET /files/large.bin HTTP/1.1\r\nHost: a\r\nRange: bytes=%d-%d\r\n\r\n";
      String health = "GET /health HTTP/1.1\r\nHost: a\r\n\r\n";
      client.send(range.formatted(5, 2_000_004) + health + range.formatted(7, 3_000_006) + health);
      client.readHead(206);
      expect(client, 5, 2_000_000);
      assertThat(client.read().text()).isEqualTo("ok");
      client.readHead(206);
      expect(client, 7, 3_000_000);
      assertThat(client.read().text()).isEqualTo("ok");
    }
  }

  @Test
  void get_manyAtOnce_eachGetsItsOwn() {
    List<CompletableFuture<Void>> clients = new ArrayList<>();
    for (int i = 0; i < 24; i++) {
      int from = i * 1_500_001;
      clients.add(onThread(() -> download(from, 8_000_000)));
    }
    clients.forEach(CompletableFuture::join);
    awaitNoDescriptor(root.resolve("large.bin"));
  }

  private void download(int from, int count) throws IOException {
    try (WireClient client = connect()) {
      askFor(client, from, count);
      expect(client, from, count);
      assertThat(client.get("/health").read().text()).isEqualTo("ok");
    }
  }

  @Test
  void get_slowReader_getsEveryByteAndHoldsUpNobody() throws IOException {
    try (WireClient slow = connect();
        WireClient other = connect()) {
      askFor(slow, 0, 24_000_000);
      for (int at = 0; at < 24_000_000; at += 1_000_000) {
        expect(slow, at, 1_000_000);
        assertThat(other.get("/health").read().text()).isEqualTo("ok");
      }
      assertThat(slow.get("/health").read().text()).isEqualTo("ok");
    }
  }

  @Test
  void get_throughAFilter_isWhatTheFilterMakesOfIt() throws IOException {
    Path file = root.resolve("large.txt");
    try (WireClient client = connect()) {
      client.send("GET /gzip/large.txt HTTP/1.1\r\nHost: a\r\nAccept-Encoding: gzip\r\n\r\n");
      assertThat(client.readHead(200)).contains("Content-Encoding: gzip");
      try (InputStream in = new GZIPInputStream(client.chunks())) {
        assertThat(in.readAllBytes()).isEqualTo(Files.readAllBytes(file));
      }
    }
  }

  @Test
  void head_largeFile_opensNothing() throws IOException {
    try (WireClient client = connect()) {
      client.send("HEAD /files/large.bin HTTP/1.1\r\nHost: a\r\n\r\n");
      assertThat(client.read(true).field("Content-Length")).isEqualTo("" + FILE_BYTES);
      awaitNoDescriptor(root.resolve("large.bin"));
      assertThat(client.get("/health").read().text()).isEqualTo("ok");
    }
  }

  // ---- what goes wrong

  @Test
  void client_leavesMidway_leavesNoDescriptorOpen() throws IOException {
    Path file = root.resolve("left.bin");
    fill(file, FILE_BYTES);
    for (int i = 0; i < 20; i++) {
      try (WireClient client = connect()) {
        client.get("/files/left.bin");
        client.readHead(200);
        expect(client, 0, 100_000);
        if (i % 2 == 0) {
          client.reset();
        }
      }
    }
    awaitNoDescriptor(file);
    try (WireClient client = connect()) {
      assertThat(client.get("/health").read().text()).isEqualTo("ok");
    }
  }

  @ParameterizedTest
  @CsvSource({"0", "100000", "60000001"})
  void file_becomesShorterMeanwhile_cutsTheConnection(int length) throws IOException {
    Path file = root.resolve("shrinking-" + length + ".bin");
    fill(file, FILE_BYTES);
    try (WireClient client = connect()) {
      client.get("/files/" + file.getFileName());
      client.readHead(200);
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.truncate(length);
      }
      expectCut(client);
    }
    awaitNoDescriptor(file);
  }

  @Test
  void client_thatDoesNotRead_isCutOffAndLeavesNoDescriptorOpen() throws IOException {
    Path file = root.resolve("stalled.bin");
    fill(file, FILE_BYTES);
    Limits limits = Limits.DEFAULTS.withStallTimeout(Duration.ofMillis(400));
    try (Server server = serve(_ -> Response.file(file), limits);
        WireClient client = new WireClient(server.port())) {
      client.get("/");
      client.readHead(200);
      await("an end of the connection", () -> server.connections() == 0);
      expectCut(client);
      awaitNoDescriptor(file);
    }
  }

  @Test
  void close_midway_letsTheFileEnd() throws Exception {
    Path file = root.resolve("large.bin");
    Server server = serve(_ -> Response.file(file), Limits.DEFAULTS);
    try (var client = new WireClient(server.port());
        var unused = new WireClient(server.port())) {
      client.get("/");
      client.readHead(200);
      Thread closing = Thread.startVirtualThread(server::close);
      unused.expectEnd(); // closed by the drain, so it has begun
      expect(client, 0, FILE_BYTES);
      client.shutdownOutput();
      client.expectEnd();
      closing.join();
    }
  }

  @Test
  void close_clientThatDoesNotRead_isCutAtTheLimit() throws Exception {
    Path file = root.resolve("cut.bin");
    fill(file, FILE_BYTES);
    Limits limits = Limits.DEFAULTS.withDrainTimeout(Duration.ofMillis(300));
    Server server = serve(_ -> Response.file(file), limits);
    try (var client = new WireClient(server.port())) {
      client.get("/");
      client.readHead(200);
      server.close();
      expectCut(client);
    }
    awaitNoDescriptor(file);
  }

  // ---- tools

  private static void askFor(WireClient client, int from, int count) throws IOException {
    client.send(
        "GET /files/large.bin HTTP/1.1\r\nHost: a\r\nRange: bytes=%d-%d\r\n\r\n"
            .formatted(from, from + count - 1));
    client.readHead(206);
  }

  /** Reads so many bytes, each of which must be the file's. */
  private static void expect(WireClient client, int from, int count) throws IOException {
    for (int at = from, end = from + count; at < end; at += BLOCK_BYTES) {
      int bytes = Math.min(BLOCK_BYTES, end - at);
      assertThat(client.readBytes(bytes)).as("bytes at " + at).isEqualTo(content(at, bytes));
    }
  }

  private interface Download {
    void run() throws IOException;
  }

  private static CompletableFuture<Void> onThread(Download download) {
    var done = new CompletableFuture<Void>();
    Thread.startVirtualThread(
        () -> {
          try {
            download.run();
            done.complete(null);
          } catch (IOException | AssertionError e) {
            done.completeExceptionally(e);
          }
        });
    return done;
  }

  /** The connection must end before the file does, and not merely stand still. */
  private static void expectCut(WireClient client) {
    assertThatThrownBy(() -> client.readBytes(FILE_BYTES))
        .isInstanceOf(IOException.class)
        .isNotInstanceOf(SocketTimeoutException.class);
  }

  private static void awaitNoDescriptor(Path file) {
    await("no descriptor of " + file, () -> descriptors(file) == 0);
  }

  private static void await(String what, BooleanSupplier condition) {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - start > PATIENCE_NANOS) {
        throw new AssertionError("waited in vain for " + what);
      }
      LockSupport.parkNanos(1_000_000);
    }
  }

  private static long descriptors(Path file) {
    assumeTrue(Files.isDirectory(DESCRIPTORS), "where the system lists its descriptors");
    try (Stream<Path> open = Files.list(DESCRIPTORS)) {
      return open.filter(it -> leadsTo(it, file)).count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean leadsTo(Path descriptor, Path file) {
    try {
      return Files.readSymbolicLink(descriptor).equals(file);
    } catch (IOException e) {
      return false; // closed since it was listed
    }
  }
}
