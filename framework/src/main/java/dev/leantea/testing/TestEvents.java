package dev.leantea.testing;

import dev.leantea.http.Headers;
import dev.leantea.http.MediaType;
import dev.leantea.http.Request;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A client's end of a stream of server-sent events. One thread at a time. */
public final class TestEvents implements AutoCloseable {
  /**
   * One event.
   *
   * @param name {@code message} unless the server named it
   * @param id the id of this event or of the last one that had one; empty when none had
   * @param data its lines, joined by line feeds
   */
  public record Received(String name, String id, String data) {}

  private final Transport.Opened stream;
  private final BufferedReader lines;
  private String lastId = "";
  private String name = "message";
  private Optional<String> data = Optional.empty();

  private TestEvents(Transport.Opened stream) {
    this.stream = stream;
    this.lines = new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8));
  }

  static TestEvents of(Request request, Transport.Opened opened) throws IOException {
    String type =
        opened.headers().first("Content-Type").map(it -> new MediaType(it).essence()).orElse("");
    if (opened.status() != 200 || !type.equals("text/event-stream")) {
      byte[] body = opened.body().readAllBytes();
      throw new AssertionError(
          "expected 200 with text/event-stream, got "
              + new TestResponse(request, opened.status(), opened.headers(), body));
    }
    return new TestEvents(opened);
  }

  /** The field lines of the response. */
  public Headers headers() {
    return stream.headers();
  }

  /**
   * The next event; comments are passed over.
   *
   * @throws AssertionError when the stream ends, or when none comes within 10 s
   */
  public Received next() {
    return Await.result("an event", this::read)
        .orElseThrow(() -> new AssertionError("expected an event, got the end of the stream"));
  }

  /**
   * Waits for the stream's end.
   *
   * @throws AssertionError when an event comes, or no end within 10 s
   */
  public void expectEnd() {
    Await.result("the end of the stream", this::read)
        .ifPresent(
            event -> {
              throw new AssertionError("expected the end of the stream, got " + event);
            });
  }

  private Optional<Received> read() throws IOException {
    name = "message";
    data = Optional.empty();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (!line.isEmpty()) {
        field(line);
      } else if (data.isPresent()) {
        return Optional.of(new Received(name, lastId, data.get()));
      } else {
        name = "message"; // comments alone
      }
    }
    return Optional.empty();
  }

  private void field(String line) {
    int colon = line.indexOf(':');
    String field = colon < 0 ? line : line.substring(0, colon);
    String value = colon < 0 ? "" : line.substring(colon + 1).replaceFirst("^ ", "");
    switch (field) {
      case "event" -> name = value;
      case "id" -> lastId = value;
      case "data" -> data = Optional.of(data.map(it -> it + "\n").orElse("") + value);
      default -> {} // a comment, or retry
    }
  }

  /** Leaves: the server sees the client go. */
  @Override
  public void close() {
    try {
      stream.body().close(); // not the reader, which waits while another thread reads
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
