package dev.leantea.conformance;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The program {@code openssl s_client}. */
public final class SClient implements AutoCloseable {
  private final Process process;
  private final BufferedReader output;
  private final OutputStream input;

  /**
   * Starts it.
   *
   * @param authorities file in PEM format that the server's certificate is verified with
   */
  public SClient(int port, Path authorities, String... options) throws IOException {
    var command = new ArrayList<>(List.of("openssl", "s_client"));
    command.addAll(List.of("-connect", "127.0.0.1:" + port, "-servername", "localhost"));
    command.addAll(List.of("-CAfile", authorities.toString()));
    command.addAll(List.of(options));
    process = new ProcessBuilder(command).redirectErrorStream(true).start();
    output = process.inputReader(StandardCharsets.US_ASCII);
    input = process.getOutputStream();
  }

  /** Types a line: data, or a command of one letter. */
  public void type(String line) throws IOException {
    input.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
    input.flush();
  }

  /** Reads lines until one has this text. */
  public String readUntil(String text) throws IOException {
    var lines = new StringBuilder();
    while (true) {
      String line = output.readLine();
      if (line == null) {
        throw new AssertionError("expected " + text + ", got: " + lines);
      }
      lines.append(line).append('\n');
      if (line.contains(text)) {
        return lines.toString();
      }
    }
  }

  /** Ends it as a user does, by the end of its input. */
  @Override
  public void close() throws IOException {
    input.close();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
