package dev.leantea.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leantea.backend.Server;
import dev.leantea.http.Limits;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A loop socket is a {@link Socket}: each scene is played with one of the JDK's and with one of
 * ours, on a platform thread, an ordinary virtual thread and a handler's, and shows the same.
 */
public abstract class SocketContract extends SocketSuite {
  static Stream<Arguments> scenes() {
    return Arrays.stream(SocketCase.values())
        .flatMap(scene -> Arrays.stream(On.values()).map(on -> Arguments.of(scene, on)));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("scenes")
  @Timeout(60)
  void scene_withALoopSocket_showsTheSameAsWithTheJdks(SocketCase scene, On on) throws Exception {
    String jdk = run(on, () -> play(scene, new Socket()));
    String loop = run(on, () -> play(scene, factory.createSocket()));
    assertThat(loop).isEqualTo(jdk);
    scene.expected().ifPresent(it -> assertThat(loop).isEqualTo(it));
  }

  private static String play(SocketCase scene, Socket socket) throws Exception {
    try (socket) {
      return scene.run(socket);
    }
  }

  // ---- from thread to thread

  @Test
  @Timeout(60)
  void socket_usedByOneThreadAfterTheOther_servesEach() throws Exception {
    List<String> seen = new ArrayList<>();
    try (var peer = SocketPeer.start(SocketScenes.IPV4, SocketScenes::echo)) {
      Socket socket = run(On.HANDLER, () -> factory.createSocket(peer.address(), peer.port()));
      for (int round = 0; round < 3; round++) {
        for (On on : On.values()) {
          String text = on + " " + round;
          assertThat(run(on, () -> SocketScenes.exchange(socket, text))).isEqualTo(text);
        }
        try (Server other = serve(application(), Limits.DEFAULTS)) {
          var task = new FutureTask<>(() -> SocketScenes.exchange(socket, "other"));
          runInHandler(other.port(), task);
          seen.add(task.get());
        }
      }
      assertThat(run(On.PLATFORM_THREAD, () -> SocketScenes.exchange(socket, "end")))
          .isEqualTo("end");
      socket.close();
    }
    assertThat(seen).containsOnly("other").hasSize(3);
  }
}
