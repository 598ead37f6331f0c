package dev.leantea.conformance;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;

/** The lines that the framework logs at WARNING and above, while this is open. */
final class RecordedLog extends Handler implements AutoCloseable {
  private final List<LogRecord> lines = new CopyOnWriteArrayList<>();
  private final Logger logger = Logger.getLogger("dev.leantea");

  RecordedLog() {
    logger.addHandler(this);
  }

  @Override
  public void publish(LogRecord line) {
    if (line.getLevel().intValue() >= Level.WARNING.intValue()) {
      lines.add(line);
    }
  }

  /** The messages that contain the text. */
  List<String> messages(String text) {
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
  }
}
