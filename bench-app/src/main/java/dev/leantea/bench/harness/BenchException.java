package dev.leantea.bench.harness;

/** What went wrong, as the one line that the user reads: what was expected and what came. */
public final class BenchException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public BenchException(String message) {
    super(message);
  }

  public BenchException(String message, Throwable cause) {
    super(message, cause);
  }

  /** The run is being ended; sets the thread's interrupt flag again. */
  public static BenchException interrupted(InterruptedException cause) {
    Thread.currentThread().interrupt();
    return new BenchException("interrupted", cause);
  }

  /** The message as one line, whatever it was made of. */
  public String line() {
    return String.valueOf(getMessage()).strip().replaceAll("\\s*\\R\\s*", "; ");
  }
}
