package dev.leantea.bench.harness.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leantea.bench.harness.BenchException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ServerSpecTest {
  @Test
  void parse_commandWithColonsAndSpaces_keepsThem() throws Exception {
    assertThat(ServerSpec.Peer.parse("netty-bare=9000:java -cp a:b Main 9000"))
        .isEqualTo(new ServerSpec.Peer("netty-bare", 9000, "java -cp a:b Main 9000", "/health"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"peer", "peer=9000", "peer=port:command", "=9000:command"})
  void parse_otherForm_saysWhatIsExpected(String text) {
    assertThatThrownBy(() -> ServerSpec.Peer.parse(text))
        .isInstanceOf(BenchException.class)
        .hasMessage("--peer: expected NAME=PORT:COMMAND, got " + text);
  }

  @Test
  void named_nginx_isNginxAndAllElseABackend() {
    assertThat(ServerSpec.named("nginx")).isInstanceOf(ServerSpec.Nginx.class);
    assertThat(ServerSpec.named("reactor:nio")).isInstanceOf(ServerSpec.LeanTea.class);
  }

  @Test
  void startSeconds_peer_hasMoreTimeThanABackend() {
    ServerSpec peer = ServerSpec.Peer.parse("helidon=9000:java Main");
    assertThat(peer.startSeconds()).isEqualTo(120);
    assertThat(ServerSpec.named("netty").startSeconds()).isEqualTo(20);
  }
}
