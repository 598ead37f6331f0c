package dev.leantea.conformance;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;

/** The lines that the framework logs from a level on, while this is open. */
public final class RecordedLog extends Handler implements AutoCloseable {
  private static final long TIMEOUT_SECONDS = 30;

  private final List<LogRecord> lines = new CopyOnWriteArrayList<>();
  private final BlockingQueue<LogRecord> notSeen = new LinkedBlockingQueue<>();
  private final Logger logger = Logger.getLogger("dev.leantea");
  private final Level before = logger.getLevel();
  private final Level min;

  /** Lines at WARNING and above. */
  RecordedLog() {
    this(Level.WARNING);
  }

  /** Lines from this level on; they are logged although the logger is set to a higher one. */
  public RecordedLog(Level min) {
    this.min = min;
    if (!logger.isLoggable(min)) {
      logger.setLevel(min);
    }
    logger.addHandler(this);
  }

  @Override
  public void publish(LogRecord line) {
    if (line.getLevel().intValue() >= min.intValue()) {
      lines.add(line);
      notSeen.add(line);
    }
  }

  /** Waits for the next line whose message contains the text, and passes over others. */
  LogRecord await(String text) throws InterruptedException {
    while (true) {
      LogRecord line = notSeen.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS);
      if (line == null) {
        throw new AssertionError("expected a line with \"" + text + "\" in the log");
      }
      if (line.getMessage().contains(text)) {
        return line;
      }
    }
  }

  /** The messages that contain the text. */
  public List<String> messages(String text) {
    return lines.stream().map(LogRecord::getMessage).filter(it -> it.contains(text)).toList();
  }

  /** The messages of lines whose stack trace has a method of this class. */
  List<String> messagesWithStackOf(Class<?> type) {
    return lines.stream()
        .filter(line -> line.getThrown() != null)
        .filter(
            line ->
                Stream.of(line.getThrown().getStackTrace())
                    .anyMatch(frame -> frame.getClassName().equals(type.getName())))
        .map(LogRecord::getMessage)
        .toList();
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    logger.removeHandler(this);
    logger.setLevel(before);
  }
}
