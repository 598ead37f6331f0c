package com.example.expenses;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.leantea.testing.TestClient;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * The jar in a process of its own, configured by its environment, and nginx before it.
 *
 * @param log what the application writes
 * @param ports of the application for HTTP and HTTPS, and of nginx
 */
record Site(Process application, Process nginx, Path log, List<Integer> ports, SSLContext tls)
    implements AutoCloseable {
  /** How clients reach it. */
  enum Way {
    PLAIN,
    TLS,
    NGINX
  }

  private static final String READY = "expenses: ports [";

  static Site start(Path folder, String backend, Map<String, String> environment)
      throws IOException, GeneralSecurityException {
    Path certificate = folder.resolve("certificate.pem");
    Path key = folder.resolve("key.pem");
    PostgreSql.run(
        List.of(
            ("openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj"
                 + " /CN=localhost -addext subjectAltName=DNS:localhost -out %s -keyout %s")
                .formatted(certificate, key)
                .split(" ")));
    var settings = new HashMap<>(environment);
    settings.putAll(Map.of("LEANTEA_HTTP_BACKEND", backend, "PORT", "0", "TLS_PORT", "0"));
    settings.putAll(Map.of("TLS_CERT", "" + certificate, "TLS_KEY", "" + key));
    settings.put("TRUSTED_PROXIES", "127.0.0.0/8");
    Path log = folder.resolve("log");
    Process application = startJar(log, settings);
    List<Integer> ports = ports(application, log);
    int proxyPort = PostgreSql.freePort();
    Process nginx = startNginx(folder, proxyPort, ports.getFirst());
    ports = List.of(ports.getFirst(), ports.getLast(), proxyPort);
    return new Site(application, nginx, log, ports, trusting(certificate));
  }

  private static Process startJar(Path log, Map<String, String> environment) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var builder =
        new ProcessBuilder(java, "-XX:TieredStopAtLevel=1", "-Xmx256m", "-jar", "expenses.jar")
            .directory(Path.of("target").toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().putAll(environment);
    return builder.start();
  }

  /** Waits for the line that says them. */
  private static List<Integer> ports(Process application, Path log) throws IOException {
    Optional<String> line = Optional.empty();
    while (line.isEmpty()) {
      if (!application.isAlive()) {
        throw new IOException("expected a start, got: " + Files.readString(log));
      }
      Thread.onSpinWait();
      line =
          Files.readString(log)
              .lines()
              .filter(it -> it.startsWith(READY) && it.contains("]"))
              .findFirst();
    }
    String ports = line.get().substring(READY.length(), line.get().indexOf(']'));
    return Stream.of(ports.split(", ")).map(Integer::valueOf).toList();
  }

  private static Process startNginx(Path folder, int port, int upstream) throws IOException {
    Path file = folder.resolve("nginx.conf");
    try (InputStream template = Site.class.getResourceAsStream("/nginx.conf")) {
      String text = new String(template.readAllBytes(), UTF_8);
      Files.writeString(file, text.replace("$PORT", "" + port).replace("$UPSTREAM", "" + upstream));
    }
    var log = folder.resolve("nginx.log").toFile();
    Process nginx =
        new ProcessBuilder("/usr/sbin/nginx", "-p", folder.toString(), "-c", file.toString())
            .redirectErrorStream(true)
            .redirectOutput(log)
            .start();
    while (!listens(port)) {
      if (!nginx.isAlive()) {
        throw new IOException("expected nginx, got: " + Files.readString(log.toPath()));
      }
      Thread.onSpinWait();
    }
    return nginx;
  }

  private static boolean listens(int port) {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress("127.0.0.1", port));
      return true;
    } catch (IOException e) {
      return false; // not yet
    }
  }

  private static SSLContext trusting(Path certificate)
      throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    try (InputStream file = Files.newInputStream(certificate)) {
      store.setCertificateEntry(
          "site", CertificateFactory.getInstance("X.509").generateCertificate(file));
    }
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  URI origin(Way way) {
    String scheme = way == Way.PLAIN ? "http" : "https";
    return URI.create(scheme + "://localhost:" + ports.get(way.ordinal()));
  }

  TestClient client(Way way) {
    return way == Way.PLAIN
        ? TestClient.connect(origin(way))
        : TestClient.connect(origin(way), tls);
  }

  /** Ends it with SIGTERM, which drains it. */
  int stop() throws InterruptedException {
    application.destroy();
    return application.waitFor();
  }

  @Override
  public void close() throws InterruptedException {
    nginx.destroy();
    nginx.waitFor();
    application.destroyForcibly().waitFor();
  }
}
