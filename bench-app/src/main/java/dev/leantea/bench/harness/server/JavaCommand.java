package dev.leantea.bench.harness.server;

import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Commands that start this program, or a part of it, in another JVM. */
public final class JavaCommand {
  private static final String MAIN = "dev.leantea.bench.Main";
  private static final List<String> NATIVE_ACCESS = List.of("--enable-native-access=ALL-UNNAMED");

  private JavaCommand() {}

  /** {@code java OPTIONS -jar JAR ARGUMENTS} with the runtime and the jar of this process. */
  public static List<String> self(List<String> options, List<String> arguments) {
    if (fromJar()) {
      return jar(codeSource(), options, arguments);
    }
    // From a folder of classes, what the jar's manifest would say goes on the command line.
    List<String> opens = List.of("--add-opens=java.base/java.lang=ALL-UNNAMED");
    return command(
        List.of(options, opens, NATIVE_ACCESS, List.of("-cp", classPath(), MAIN), arguments));
  }

  /** The same with another jar, such as that of an older build. */
  static List<String> jar(Path jar, List<String> options, List<String> arguments) {
    return command(List.of(options, List.of("-jar", jar.toString()), arguments));
  }

  /** Another main class of this program, with the libraries of the harness on its class path. */
  static List<String> main(String main, List<String> options, String argument) {
    List<String> program = List.of("-cp", classPath(), main, argument);
    return command(List.of(options, NATIVE_ACCESS, program));
  }

  private static List<String> command(List<List<String>> parts) {
    return Stream.concat(Stream.of(tool("java")), parts.stream().flatMap(List::stream)).toList();
  }

  private static String classPath() {
    return fromJar()
        ? codeSource() + File.pathSeparator + libraries().resolve("*")
        : System.getProperty("java.class.path");
  }

  public static String tool(String name) {
    return Path.of(System.getProperty("java.home"), "bin", name).toString();
  }

  /** Whether this program runs from its jar; else from a folder of classes, as in tests. */
  public static boolean fromJar() {
    return Files.isRegularFile(codeSource());
  }

  /** The folder beside the jar with the libraries that no server needs. */
  public static Path libraries() {
    return codeSource().resolveSibling("lib");
  }

  /** The jar or the folder that this program runs from. */
  public static Path codeSource() {
    try {
      return Path.of(JavaCommand.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("expected the location of the code as a URI", e);
    }
  }
}
