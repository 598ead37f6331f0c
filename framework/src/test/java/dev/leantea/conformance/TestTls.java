package dev.leantea.conformance;

import dev.leantea.tls.Tls;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/**
 * A key and its certificate for localhost, made with the JDK's keytool, and sockets that use it.
 */
record TestTls(SSLContext context, KeyStore keys) {
  static final String PASSWORD = "changeit";

  /** Ports of running servers that were started with this class's certificate. */
  private static final Set<Integer> PORTS = ConcurrentHashMap.newKeySet();

  private static final class Shared {
    static final TestTls INSTANCE = shared();

    private static TestTls shared() {
      try {
        return create();
      } catch (IOException | InterruptedException | GeneralSecurityException e) {
        throw new IllegalStateException("keytool", e);
      }
    }
  }

  /** The one that the suites over TLS share. */
  static TestTls shared() {
    return Shared.INSTANCE;
  }

  /** What a server is configured with, so that it uses the engine and this certificate. */
  Tls configuration(Tls.Engine engine) {
    return switch (engine) {
      case JDK -> Tls.context(context);
      case OPENSSL -> Tls.keyStore(file(), PASSWORD);
    };
  }

  private Path file() {
    try {
      Path file = Files.createTempFile("tls", ".p12");
      file.toFile().deleteOnExit();
      try (OutputStream out = Files.newOutputStream(file)) {
        keys.store(out, PASSWORD.toCharArray());
      }
      return file;
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException("a file for the server's key", e);
    }
  }

  /** Writes the certificate as a PEM file. */
  Path chain(Path file) throws GeneralSecurityException {
    return new TestCertificates("localhost", keys).chain(file);
  }

  /** Clients of this port use TLS from now on. */
  static void served(int port) {
    PORTS.add(port);
  }

  /** The server of this port is closed. */
  static void closed(int port) {
    PORTS.remove(port);
  }

  static boolean isServed(int port) {
    return PORTS.contains(port);
  }

  /** {@code http://127.0.0.1:8080}, or {@code https} if the port speaks it. */
  static String origin(int port) {
    return (isServed(port) ? "https" : "http") + "://127.0.0.1:" + port;
  }

  /** A client that trusts the certificate. */
  static HttpClient.Builder http() {
    return HttpClient.newBuilder().sslContext(shared().context());
  }

  static TestTls create() throws IOException, InterruptedException, GeneralSecurityException {
    KeyStore keys = newKeyStore("dns:localhost,ip:127.0.0.1", "secp256r1");
    var own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    own.init(keys, PASSWORD.toCharArray());
    var trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trusted.init(keys);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
    return new TestTls(context, keys);
  }

  /**
   * A new key, whose alias is {@code test}, and a certificate.
   *
   * @param names subject alternative names, as keytool writes them
   * @param curve as {@code secp256r1}
   */
  static KeyStore newKeyStore(String names, String curve)
      throws IOException, InterruptedException, GeneralSecurityException {
    Path folder = Files.createTempDirectory("tls");
    Path file = folder.resolve("keys.p12");
    generate(file, names, curve);
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    Files.delete(file);
    Files.delete(folder);
    return keys;
  }

  private static void generate(Path file, String names, String curve)
      throws IOException, InterruptedException {
    String tool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    String options =
        "-genkeypair -alias test -keyalg EC -dname CN=localhost -ext san="
            + names
            + " -groupname "
            + curve
            + " -validity 2 -storetype PKCS12 -storepass "
            + PASSWORD;
    var command = new ArrayList<String>();
    command.add(tool);
    command.addAll(List.of(options.split(" ", -1)));
    command.addAll(List.of("-keystore", file.toString()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("keytool failed: " + output);
    }
  }

  ServerSocket listen() throws IOException {
    return context.getServerSocketFactory().createServerSocket(0, 10, SocketScenes.IPV4);
  }

  void echoOnce(ServerSocket listener) {
    try (Socket connection = listener.accept()) {
      SocketScenes.echo(connection);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A client's TLS over a socket that is connected; to close it closes the socket. */
  SSLSocket over(Socket connected) throws IOException {
    return (SSLSocket)
        context.getSocketFactory().createSocket(connected, "localhost", connected.getPort(), true);
  }

  /** A connected socket, with TLS and HTTP/2 chosen by ALPN if its port was started with TLS. */
  static Socket http2(Socket connected) throws IOException {
    if (!isServed(connected.getPort())) {
      return connected;
    }
    SSLSocket client = shared().over(connected);
    SSLParameters parameters = client.getSSLParameters();
    parameters.setApplicationProtocols(new String[] {"h2"});
    client.setSSLParameters(parameters);
    return client;
  }

  /** A client's TLS over a socket that the JDK makes. */
  SSLSocket connect(int port) throws IOException {
    return (SSLSocket) context.getSocketFactory().createSocket(SocketScenes.IPV4, port);
  }
}
