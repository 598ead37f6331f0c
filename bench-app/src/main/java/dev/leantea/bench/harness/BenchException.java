package dev.leantea.bench.harness;

/** What went wrong, as the one line that the user reads. */
public final class BenchException extends Exception {
  private static final long serialVersionUID = 1L;

  /** With a message that names what was expected and what came. */
  public BenchException(String message) {
    super(message);
  }

  /** The same, for an error that has a cause worth keeping. */
  public BenchException(String message, Throwable cause) {
    super(message, cause);
  }

  /** The message as one line, whatever it was made of. */
  public String line() {
    return String.valueOf(getMessage()).strip().replaceAll("\\s*\\R\\s*", "; ");
  }
}
