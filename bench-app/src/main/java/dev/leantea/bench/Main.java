package dev.leantea.bench;

import dev.leantea.bench.harness.BenchCommand;
import dev.leantea.bench.harness.BenchException;
import dev.leantea.bench.harness.server.JavaCommand;
import dev.leantea.bench.serve.ServeCommand;
import dev.leantea.bench.serve.Serving;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;

/** The entry point: {@code serve} when no command is named. */
@Command(
    name = "bench-app",
    description = "Serves the example routes on any LeanTea backend, and measures them.",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    versionProvider = Version.class,
    subcommands = {ServeCommand.class, BenchCommand.class})
public final class Main {
  private static final int FAILED = 1;
  private static final int SOFTWARE_ERROR = 70; // sysexits.h: EX_SOFTWARE

  Main() {}

  public static void main(String[] arguments) throws Exception {
    String[] full = withDefaultCommand(arguments);
    int status = full[0].equals("bench") && JavaCommand.fromJar() ? bench(full) : run(full);
    if (status != 0) {
      System.exit(status);
    }
  }

  /**
   * Runs {@code bench} with the libraries in the folder beside the jar. They have five times as
   * many classes as the server: on its class path, they would make every start slower.
   */
  private static int bench(String... arguments) throws IOException, ReflectiveOperationException {
    List<URL> path = new ArrayList<>(List.of(JavaCommand.codeSource().toUri().toURL()));
    File[] libraries = JavaCommand.libraries().toFile().listFiles();
    for (File library : libraries == null ? new File[0] : libraries) {
      path.add(library.toURI().toURL());
    }
    var loader = new URLClassLoader(path.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    Thread.currentThread().setContextClassLoader(loader);
    Class<?> main = loader.loadClass(Main.class.getName());
    return (int) main.getMethod("run", String[].class).invoke(null, (Object) arguments);
  }

  public static int run(String... arguments) throws InterruptedException {
    try {
      Optional<Serving> plain = Serving.plain(arguments);
      if (plain.isEmpty()) {
        return commandLine().execute(arguments);
      }
      plain.get().run(new PrintWriter(System.out, false, System.out.charset()));
      return 0;
    } catch (RuntimeException e) { // of the server: picocli reports its own
      return report(e, new PrintWriter(System.err, true, System.err.charset()));
    }
  }

  public static CommandLine commandLine() {
    return new CommandLine(new Main())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(Main::refuse)
        .setExecutionExceptionHandler(Main::report);
  }

  private static int refuse(ParameterException e, String[] ignored) {
    CommandLine command = e.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    command.getErr().println("leantea: error: " + e.getMessage() + " (see " + name + " --help)");
    return command.getCommandSpec().exitCodeOnInvalidInput();
  }

  private static int report(Exception e, CommandLine command, ParseResult ignored) {
    return report(e, command.getErr());
  }

  /** Prints one line for what an operator can correct; no stack. */
  private static int report(Exception e, PrintWriter err) {
    if (e instanceof BenchException failure) {
      err.println("bench: " + failure.line());
      return FAILED;
    }
    err.println("leantea: error: " + e.getMessage());
    return SOFTWARE_ERROR;
  }

  /** {@code --port 8080} means {@code serve --port 8080}. */
  static String[] withDefaultCommand(String... arguments) {
    boolean named = arguments.length > 0 && !arguments[0].startsWith("-");
    boolean asksForHelp = arguments.length == 1 && arguments[0].matches("-h|--help|-V|--version");
    if (named || asksForHelp) {
      return arguments;
    }
    String[] full = new String[arguments.length + 1];
    full[0] = "serve";
    System.arraycopy(arguments, 0, full, 1, arguments.length);
    return full;
  }
}
