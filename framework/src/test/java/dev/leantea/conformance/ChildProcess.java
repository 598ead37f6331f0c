package dev.leantea.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leantea.http.Limits;
import dev.leantea.loop.CarriedThreads;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A {@link ChildServer} in its own JVM, started with the options of this one. */
final class ChildProcess implements AutoCloseable {
  /** The heap of its JVM. */
  static final long MAX_HEAP_BYTES = 192L * 1024 * 1024;

  private final Process process;
  private final BufferedReader reports;
  private final int port;

  private ChildProcess(Process process) throws IOException {
    this.process = process;
    this.reports = process.inputReader();
    String started = report();
    assertThat(started).as("the first report").startsWith("port ");
    this.port = Integer.parseInt(started.substring("port ".length()));
  }

  static ChildProcess start(String backend) throws IOException {
    return start(backend, Limits.DEFAULTS.idleTimeout(), MAX_HEAP_BYTES / 4);
  }

  static ChildProcess start(String backend, Duration idleTimeout, long bodiesInMemory)
      throws IOException {
    return start(ChildServer.class, backend, idleTimeout.toString(), "" + bodiesInMemory);
  }

  /** Starts another program, which reports its port first. */
  static ChildProcess start(Class<?> program, String... arguments) throws IOException {
    return start(java(program, System.getProperty("java.class.path"), arguments));
  }

  /**
   * Starts a program that can have so many descriptors open.
   *
   * @param folder for jars: with folders on the class path each class would need a descriptor to be
   *     loaded, and one that cannot be loaded is never tried again
   */
  static ChildProcess startWithDescriptors(
      int descriptors, Path folder, Class<?> program, String... arguments) throws IOException {
    var command =
        new ArrayList<>(List.of("sh", "-c", "ulimit -n " + descriptors + "; exec \"$@\""));
    command.add("sh");
    command.addAll(java(program, Jars.ofClassPath(folder), arguments));
    return start(command);
  }

  private static List<String> java(Class<?> program, String classPath, String... arguments) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    if (CarriedThreads.available()) {
      command.add("--add-opens=java.base/java.lang=ALL-UNNAMED");
    }
    command.addAll(List.of("-Xmx" + MAX_HEAP_BYTES, "-cp", classPath, program.getName()));
    command.addAll(List.of(arguments));
    return command;
  }

  private static ChildProcess start(List<String> command) throws IOException {
    var builder = new ProcessBuilder(command);
    builder.environment().remove("LEANTEA_HTTP_BACKEND");
    return new ChildProcess(builder.redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  int port() {
    return port;
  }

  WireClient connect() throws IOException {
    return new WireClient(port);
  }

  /** The next line that it reports. */
  String report() throws IOException {
    return String.valueOf(reports.readLine());
  }

  void command(String line) throws IOException {
    process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
  }

  /** What it reports when it is asked by a command. */
  String ask(String command) throws IOException {
    command(command);
    return report();
  }

  /** Sends SIGTERM; its streams stay open. */
  void terminate() {
    assertThat(process.toHandle().destroy()).as("SIGTERM was sent").isTrue();
  }

  /** Waits until it has ended, and has reported nothing more. */
  int exitValue() throws Exception {
    assertThat(reports.readLine()).isNull();
    return process.waitFor();
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
  }
}
