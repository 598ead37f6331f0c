package dev.leantea.bench.harness;

import dev.leantea.bench.harness.report.Load;
import dev.leantea.bench.harness.report.Load.Placement;
import dev.leantea.bench.harness.report.Load.Transport;
import dev.leantea.bench.harness.server.ServerSpec;
import dev.leantea.bench.harness.server.TlsFiles;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench tls}: requests, new connections and downloads over TLS 1.3. */
@Command(
    name = "tls",
    aliases = "--tls",
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

  @Mixin private LoadOptions run = new LoadOptions(24);

  @Option(names = "--engines", split = ",", description = "Of LeanTea.")
  private List<String> engines = List.of("openssl", "jdk");

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
    return run.measure("tls", ServerSpec.NGINX, servers -> measure(loads, servers));
  }

  private static Load load(String route, int connections, Transport transport) {
    return new Load(Placement.PINNED, route, connections, 1, transport);
  }

  private void measure(List<Load> loads, Servers servers) {
    TlsFiles tls = TlsFiles.create(servers.starter().newFile("tls", ""));
    run.run(loads, servers.over(tls).replaced(it -> secured(it, tls))).run();
  }

  private Stream<ServerSpec> secured(ServerSpec server, TlsFiles tls) {
    return switch (server) {
      case ServerSpec.LeanTea leanTea -> engines.stream().map(leanTea::withTlsEngine);
      case ServerSpec.Peer peer ->
          Stream.of(
              peer.exporting(
                  "TLS_CERTIFICATE='%s' TLS_KEY='%s' FILES='%s'"
                      .formatted(tls.certificate(), tls.key(), tls.files()),
                  peer.probe()));
      case ServerSpec.Nginx nginx -> Stream.of(nginx);
      case ServerSpec.BareNetty _ -> Stream.empty();
    };
  }
}
