package dev.leantea.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leantea.conformance.ShortageServer.Figures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients use all descriptors of the server's process, and leave. */
@Timeout(120) // reached only when something hangs
public abstract class DescriptorContract {
  /** More than the JVM and the server need for themselves. */
  private static final int DESCRIPTORS = 250;

  private static final int FILE_BYTES = 2 * 1024 * 1024; // not read for its entity tag
  private static final int KNOWN = 5;

  @TempDir private Path folder = Path.of("");

  private final List<WireClient> clients = new ArrayList<>();

  @SuppressWarnings("NullAway.Init") // JUnit calls start first
  private EchoPeer peer;

  @SuppressWarnings("NullAway.Init") // JUnit calls start first
  private ChildProcess child;

  /** What a user would type: {@code reactor:nio}. */
  protected abstract String backend();

  @BeforeEach
  void start() throws IOException {
    Path file = Files.write(folder.resolve("large.bin"), new byte[FILE_BYTES]);
    peer = EchoPeer.start();
    String[] arguments = {backend(), "" + peer.port(), file.toString()};
    child = ChildProcess.startWithDescriptors(DESCRIPTORS, folder, ShortageServer.class, arguments);
  }

  @AfterEach
  void stop() throws IOException {
    leave();
    child.close();
    peer.close();
  }

  /** The first request of the JVM comes when no descriptor is left. */
  @ParameterizedTest
  @ValueSource(strings = {"/now", "/socket", "/loop-socket", "/file"})
  void coldStart_noDescriptorLeft_allAnsweredOnceThereAreSome(String first) throws IOException {
    connectUntilShort();
    if (!first.equals("/now")) {
      assertThat(statusWithoutDescriptor(first)).as(first).isEqualTo(500);
    }
    assertThat(clients.getFirst().get("/now").read().text()).isEqualTo("now");
    leave();
    for (String path : List.of("/socket", "/loop-socket", "/file", "/now")) {
      try (WireClient client = child.connect()) {
        assertThat(client.get(path).read().status()).as(path).isEqualTo(200);
      }
    }
  }

  @Test
  void shortage_ofManyPauses_isLoggedOnce_soIsItsEnd() throws IOException {
    List<WireClient> known = new ArrayList<>();
    for (int i = 0; i < KNOWN; i++) {
      known.add(child.connect());
      assertThat(known.getLast().get("/now").read().text()).isEqualTo("now");
    }
    connectUntilShort();
    countAll();
    for (WireClient client : known) {
      int counted = awaitAllCounted(known.size());
      client.close(); // so another is accepted, and the next one again is not
      known = known.subList(1, known.size());
      while (figures().counted() == counted) {
        Thread.onSpinWait();
      }
    }
    assertThat(figures()).matches(it -> it.shortages() == 1 && it.recoveries() == 0);
    leave();
    while (figures().recoveries() == 0) {
      try (WireClient client = child.connect()) {
        assertThat(client.get("/now").read().text()).isEqualTo("now");
      }
    }
    assertThat(figures()).matches(it -> it.shortages() == 1 && it.recoveries() == 1);
  }

  private void countAll() throws IOException {
    for (WireClient client : clients) {
      client.get("/count");
    }
  }

  /** Waits until each accepted connection, but these, has been answered; returns how many. */
  private int awaitAllCounted(int others) throws IOException {
    Figures figures = figures();
    while (figures.connections() - others != figures.counted()) {
      figures = figures();
    }
    return figures.counted();
  }

  /** A descriptor can be free for a moment: the one that is reserved for the log. */
  private int statusWithoutDescriptor(String path) throws IOException {
    WireClient client = clients.getFirst();
    int status = client.get(path).read().status();
    while (status == 200) {
      status = client.get(path).read().status();
    }
    return status;
  }

  private void connectUntilShort() throws IOException {
    for (int i = 0; i < DESCRIPTORS; i++) {
      clients.add(child.connect());
    }
    while (figures().shortages() == 0) {
      Thread.onSpinWait();
    }
  }

  private Figures figures() throws IOException {
    child.command("figures");
    return Figures.parse(child.report());
  }

  private void leave() throws IOException {
    for (WireClient client : clients) {
      client.close();
    }
    clients.clear();
  }
}
