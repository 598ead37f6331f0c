package dev.leantea.netty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leantea.conformance.WireClient;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A small project of its own, whose only dependency is this backend, compiled and started as a user
 * would: on the class path and on the module path.
 */
final class DiscoveryTest {
  private static final String SOURCE =
      """
      package tiny;

      import dev.leantea.backend.Backend;
      import dev.leantea.backend.Backends;
      import dev.leantea.http.Request;
      import dev.leantea.http.Response;
      import java.io.IOException;

      public class Main {
        public static void main(String[] arguments) {
          Backend backend = Backends.fromEnv();
          var server = backend.serve(0, "127.0.0.1", Main::answer).closeOnShutdown();
          System.out.println("port=" + server.port() + " backend=" + backend.name());
          System.out.println("reason=" + backend.reason());
        }

        /** Answers when the one who started this process closes its stdin. */
        private static Response answer(Request request) throws IOException {
          if (request.path().equals("/held")) {
            System.out.println("held");
            System.in.readAllBytes();
          }
          return Response.text(200, "tiny");
        }
      }
      """;

  private static final Pattern PORT = Pattern.compile("port=(\\d+) backend=(\\w+)");

  @TempDir private Path folder;

  @Test
  void tinyProject_onTheClassPath_servesThroughDiscovery() throws Exception {
    compile("--class-path", path(runtime()));
    serve(Map.of(), "--class-path", folder + File.pathSeparator + path(runtime()), "tiny.Main");
  }

  @Test
  void tinyProject_onTheModulePath_servesThroughDiscovery() throws Exception {
    Files.writeString(
        Files.createDirectories(folder.resolve("src")).resolve("module-info.java"),
        "module tiny { requires dev.leantea; }");
    compile("--module-path", path(runtime()));
    serve(
        Map.of(),
        "--module-path",
        folder + File.pathSeparator + path(runtime()),
        "--add-modules",
        "dev.leantea.netty",
        "--module",
        "tiny/tiny.Main");
  }

  @Test
  void tinyProject_nonsenseInTheEnvironment_warnsAndServes() throws Exception {
    compile("--class-path", path(runtime()));
    String errors =
        serve(
            Map.of("LEANTEA_HTTP_BACKEND", "nonsense:2"),
            "--class-path",
            folder + File.pathSeparator + path(runtime()),
            "tiny.Main");
    assertThat(errors)
        .contains("LEANTEA_HTTP_BACKEND=nonsense:2: unknown backend nonsense")
        .contains("available: netty[:epoll|kqueue|nio][:LOOPS] (alias libuv); using netty");
  }

  /** What a user's build would put on the path: this backend and what it depends on. */
  private static List<String> runtime() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !entry.endsWith("test-classes"))
        .filter(
            entry ->
                entry.endsWith("classes")
                    || entry.matches(".*(leantea-framework|netty-|jackson-|jspecify)[^/]*\\.jar"))
        .filter(entry -> !entry.endsWith("-tests.jar"))
        .toList();
  }

  private static String path(List<String> entries) {
    return entries.stream().collect(Collectors.joining(File.pathSeparator));
  }

  private void compile(String option, String path) throws IOException {
    Path sources = Files.createDirectories(folder.resolve("src"));
    Files.writeString(sources.resolve("Main.java"), SOURCE);
    var arguments = new ArrayList<>(List.of(option, path, "-d", folder.toString(), "-proc:none"));
    try (var files = Files.list(sources)) {
      files.forEach(file -> arguments.add(file.toString()));
    }
    ToolProvider javac = ToolProvider.findFirst("javac").orElseThrow();
    assertThat(javac.run(System.out, System.err, arguments.toArray(String[]::new))).isZero();
  }

  /**
   * Starts it, asks it something, ends it with a request in flight; returns what it wrote to
   * stderr.
   */
  private String serve(Map<String, String> environment, String... arguments) throws Exception {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command);
    builder.environment().remove("LEANTEA_HTTP_BACKEND");
    builder.environment().putAll(environment);
    Path errors = folder.resolve("stderr.log");
    Process process = builder.redirectError(errors.toFile()).start();
    try (BufferedReader out = process.inputReader()) {
      Matcher started = PORT.matcher(String.valueOf(out.readLine()));
      assertThat(started.matches()).isTrue();
      assertThat(started.group(2)).isEqualTo("netty");
      assertThat(out.readLine()).startsWith("reason=the only backend on the path");
      askAndEnd(process, out, Integer.parseInt(started.group(1)));
      process.waitFor();
      return Files.readString(errors);
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  private static void askAndEnd(Process process, BufferedReader out, int port) throws IOException {
    try (var client = new WireClient(port);
        var idle = new WireClient(port)) {
      assertThat(client.get("/").read().text()).isEqualTo("tiny");
      client.get("/held");
      assertThat(out.readLine()).isEqualTo("held");
      process.toHandle().destroy(); // SIGTERM, and its streams stay open
      idle.expectEnd();
      process.getOutputStream().close();
      WireClient.Reply last = client.read();
      assertThat(last.text()).isEqualTo("tiny");
      assertThat(last.field("Connection")).isEqualTo("close");
    }
  }
}
