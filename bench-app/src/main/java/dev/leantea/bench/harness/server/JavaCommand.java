package dev.leantea.bench.harness.server;

import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How this program starts itself again, as a server. */
public final class JavaCommand {
  private static final String MAIN = "dev.leantea.bench.Main";

  private JavaCommand() {}

  /** {@code java OPTIONS -jar JAR ARGUMENTS} with the runtime and the jar of this process. */
  public static List<String> self(List<String> options, List<String> arguments) {
    return of(options, program(), arguments);
  }

  /** The same with another jar, such as that of an older build. */
  static List<String> jar(Path jar, List<String> options, List<String> arguments) {
    return of(options, List.of("-jar", jar.toString()), arguments);
  }

  private static List<String> of(
      List<String> options, List<String> program, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(tool("java"));
    command.addAll(options);
    command.addAll(program);
    command.addAll(arguments);
    return command;
  }

  /**
   * A main class of this program that is no part of the server, as a process of its own.
   *
   * @param nested folder of the runnable jar with the jars that the class needs beside it
   * @param unpacked where they are put
   */
  static List<String> beside(
      List<String> options, String main, String nested, Path unpacked, String argument) {
    List<String> command = new ArrayList<>(List.of(tool("java")));
    command.addAll(options);
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(List.of("-cp", classPath(nested, unpacked), main, argument));
    return command;
  }

  private static String classPath(String nested, Path unpacked) {
    return fromJar()
        ? Stream.concat(Stream.of(codeSource()), NestedJars.unpack(nested, unpacked).stream())
            .map(Path::toString)
            .collect(Collectors.joining(File.pathSeparator))
        : System.getProperty("java.class.path");
  }

  /** A tool of the JDK that this process runs on. */
  public static String tool(String name) {
    return Path.of(System.getProperty("java.home"), "bin", name).toString();
  }

  /** From a folder of classes, what the jar's manifest says is said on the command line. */
  private static List<String> program() {
    if (fromJar()) {
      return List.of("-jar", codeSource().toString());
    }
    return List.of(
        "--add-opens=java.base/java.lang=ALL-UNNAMED",
        "--enable-native-access=ALL-UNNAMED",
        "-cp",
        System.getProperty("java.class.path"),
        MAIN);
  }

  /** Whether this program runs from its jar; else from a folder of classes, as in tests. */
  public static boolean fromJar() {
    return Files.isRegularFile(codeSource());
  }

  /** The jar or the folder that this program runs from. */
  public static Path codeSource() {
    try {
      return Path.of(JavaCommand.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("expected the code's place as a URI", e);
    }
  }
}
