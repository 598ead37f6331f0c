package dev.leantea.bench.clients;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.leantea.conformance.WireClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;

/** A client of an event stream that keeps the id of its last event, as a browser does. */
final class EventClient implements AutoCloseable {
  /** Published once by each instance of a test, and no event of it: its topic is read then. */
  static final String STARTING = "starting";

  private final WireClient wire;
  private final BufferedReader lines;
  private String lastId;

  /**
   * Connects; the head was read when it returns.
   *
   * @param lastId of the last event that it saw; empty if it saw none
   */
  EventClient(int port, String path, String lastId) throws IOException {
    this.lastId = lastId;
    wire = new WireClient(port);
    String resume = lastId.isEmpty() ? "" : "Last-Event-ID: " + lastId + "\r\n";
    wire.send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + resume + "\r\n");
    var _ = wire.readHead(200);
    lines = new BufferedReader(new InputStreamReader(wire.chunks(), UTF_8), 512);
  }

  String lastId() {
    return lastId;
  }

  /** The data of the next event; a name other than the default comes before it. */
  String next() throws IOException {
    String event = any();
    while (event.equals(STARTING)) {
      event = any();
    }
    return event;
  }

  private String any() throws IOException {
    var data = new StringBuilder();
    String name = "";
    for (String line; (line = lines.readLine()) != null; ) {
      if (line.isEmpty() && !data.isEmpty()) {
        return name + data;
      } else if (line.startsWith("id: ")) {
        lastId = line.substring("id: ".length());
      } else if (line.startsWith("event: ")) {
        name = line.substring("event: ".length()) + " ";
      } else if (line.startsWith("data: ")) {
        data.append(line.substring("data: ".length()));
      }
    }
    throw new IOException("the stream has ended");
  }

  /** Reads until an id came, which a new client gets without an event. */
  void awaitId() throws IOException {
    while (lastId.isEmpty()) {
      String line = lines.readLine();
      if (line.startsWith("id: ")) {
        lastId = line.substring("id: ".length());
      }
    }
  }

  @Override
  public void close() throws IOException {
    wire.close();
  }
}
