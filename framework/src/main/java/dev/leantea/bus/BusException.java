package dev.leantea.bus;

/** The bus did not acknowledge a message: it may have been kept, or not. */
public final class BusException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With what the bus's client threw. */
  public BusException(String message, Throwable cause) {
    super(message, cause);
  }

  /** When nothing was thrown. */
  public BusException(String message) {
    super(message);
  }
}
