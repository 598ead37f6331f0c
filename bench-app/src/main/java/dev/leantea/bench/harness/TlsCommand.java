package dev.leantea.bench.harness;

import dev.leantea.bench.harness.report.Load;
import dev.leantea.bench.harness.report.Load.Placement;
import dev.leantea.bench.harness.report.Load.Transport;
import dev.leantea.bench.harness.server.HttpProbe;
import dev.leantea.bench.harness.server.ServerSpec;
import dev.leantea.bench.harness.server.TlsFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bench tls}: requests, new connections and downloads over TLS 1.3. */
@Command(
    name = "tls",
    aliases = "--tls",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    description = {
      "Measures TLS 1.3 with one ECDSA P-256 certificate and TLS_AES_128_GCM_SHA256: requests on"
          + " connections that are kept, new connections with full handshakes, by openssl s_time,"
          + " and downloads of 1 MiB. CPU time is that of one request, one connection, one download.",
      "A --peer finds in its environment TLS_CERTIFICATE and TLS_KEY, files in PEM format, and"
          + " FILES, the folder with the 1 MiB of /files/mib. bare-netty has no TLS, and is left out."
    })
final class TlsCommand implements Callable<Integer> {
  private static final String DOWNLOAD = "/files/mib";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private RunOptions run = new RunOptions();

  @Option(names = "--engines", split = ",", description = "Of LeanTea.")
  private List<String> engines = List.of("openssl", "jdk");

  @Option(names = "--rounds", description = "Of every load.")
  private int rounds = 5;

  @Option(names = "--seconds", description = "Of every round.")
  private int seconds = 3;

  @Option(names = "--warm-up", description = "Seconds, of each server.")
  private int warmUp = 24;

  @Option(names = "--connections", description = "Connections that are kept.")
  private int connections = 64;

  @Option(names = "--handshakes", description = "New connections at a time.")
  private int handshakes = 4;

  @Override
  public Integer call() {
    List<Load> loads =
        List.of(
            load("/health", connections, Transport.TLS),
            load("/health", handshakes, Transport.NEW_TLS),
            load(DOWNLOAD, Math.min(connections, 16), Transport.TLS));
    var plan = new LoadPlan(loads, rounds, seconds, warmUp);
    return run.measure(spec, "tls", ServerSpec.NGINX, List.of(), servers -> measure(plan, servers));
  }

  private static Load load(String route, int connections, Transport transport) {
    return new Load(Placement.PINNED, route, connections, 1, transport);
  }

  private void measure(LoadPlan plan, Servers servers) {
    TlsFiles tls = TlsFiles.create(newFolder(servers));
    List<ServerSpec> specs = servers.specs().stream().flatMap(it -> secured(it, tls)).toList();
    var secure =
        new Servers(specs, servers.asked(), servers.starter().with(tls), servers.recorder());
    new LoadRun(plan, secure, run.wrk(servers), (port, route) -> HttpProbe.check(port, route, tls))
        .run();
  }

  private static Path newFolder(Servers servers) {
    try {
      return Files.createDirectories(servers.starter().newFile("tls", ""));
    } catch (IOException e) {
      throw new BenchException("cannot make a folder: " + e.getMessage(), e);
    }
  }

  private Stream<ServerSpec> secured(ServerSpec server, TlsFiles tls) {
    return switch (server) {
      case ServerSpec.LeanTea leanTea -> engines.stream().map(leanTea::withTlsEngine);
      case ServerSpec.Peer peer ->
          Stream.of(
              new ServerSpec.Peer(
                  peer.name(),
                  peer.port(),
                  "export TLS_CERTIFICATE='%s' TLS_KEY='%s' FILES='%s'; %s"
                      .formatted(tls.certificate(), tls.key(), tls.files(), peer.command()),
                  peer.probe()));
      case ServerSpec.Nginx nginx -> Stream.of(nginx);
      case ServerSpec.BareNetty _ -> Stream.empty();
      case ServerSpec.Upstream other -> Stream.of(other);
    };
  }
}
