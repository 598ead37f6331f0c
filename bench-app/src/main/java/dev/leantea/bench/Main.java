package dev.leantea.bench;

import dev.leantea.bench.harness.BenchCommand;
import dev.leantea.bench.serve.PlainServe;
import dev.leantea.bench.serve.ServeCommand;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The entry point: {@code serve} when no command is named. */
@Command(
    name = "bench-app",
    description = "Serves the example routes on any LeanTea backend, and measures them.",
    mixinStandardHelpOptions = true,
    version = "LeanTea 0.1.0-SNAPSHOT",
    subcommands = {ServeCommand.class, BenchCommand.class})
public final class Main {
  private static final int SOFTWARE_ERROR = 70; // sysexits.h: EX_SOFTWARE

  Main() {}

  public static void main(String[] arguments) throws InterruptedException {
    int status = run(withDefaultCommand(arguments));
    if (status != 0) {
      System.exit(status);
    }
  }

  private static int run(String... arguments) throws InterruptedException {
    try {
      return PlainServe.run(arguments) ? 0 : commandLine().execute(arguments);
    } catch (RuntimeException e) { // of PlainServe: picocli reports its own
      return report(e, new PrintWriter(System.err, true, System.err.charset()));
    }
  }

  static CommandLine commandLine() {
    return new CommandLine(new Main())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(Main::refuse)
        .setExecutionExceptionHandler(Main::report);
  }

  /** What was typed wrong, in one line, and where to read on. */
  private static int refuse(ParameterException e, String[] ignored) {
    CommandLine command = e.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    command.getErr().println("leantea: error: " + e.getMessage() + " (see " + name + " --help)");
    return command.getCommandSpec().exitCodeOnInvalidInput();
  }

  /** One line for what an operator can mend; no stack. */
  private static int report(Exception e, CommandLine command, ParseResult ignored) {
    return report(e, command.getErr());
  }

  private static int report(Exception e, PrintWriter err) {
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
