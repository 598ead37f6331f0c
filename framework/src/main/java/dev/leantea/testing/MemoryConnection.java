package dev.leantea.testing;

import dev.leantea.http.ClientGoneException;
import dev.leantea.http.UpgradedConnection;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;

/** The application's end of a connection in memory, and the test's. Any thread. */
final class MemoryConnection implements UpgradedConnection {
  private final MemoryPipe toApplication = new MemoryPipe();
  private final MemoryPipe toTest = new MemoryPipe();

  @Override
  public InputStream input() {
    return toApplication.input();
  }

  @Override
  public OutputStream output() {
    return toTest.output();
  }

  @Override
  public void readTimeout(Duration time) {
    toApplication.readTimeout(time);
  }

  @Override
  public boolean draining() {
    return false;
  }

  @Override
  public void endOutput(byte[] last) {
    try {
      toTest.output().write(last);
      toTest.output().close();
    } catch (IOException _) {
      // ended before, or the test has left
    }
  }

  @Override
  public void close() {
    toApplication.fail(new ClientGoneException("the connection was closed"));
    toTest.fail(new IOException("the application has broken the connection off"));
  }

  /** The handler has returned. */
  void end() {
    endOutput(new byte[0]);
  }

  /** What the application sends. */
  InputStream fromApplication() {
    return toTest.input();
  }

  /** What the test sends. */
  OutputStream toApplication() {
    return toApplication.output();
  }

  /** The test leaves without a word. */
  void leave() throws IOException {
    toTest.input().close();
    toApplication.fail(new ClientGoneException("the test's client has left"));
  }
}
