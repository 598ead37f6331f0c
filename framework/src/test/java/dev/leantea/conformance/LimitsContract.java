package dev.leantea.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leantea.backend.Server;
import dev.leantea.conformance.WireClient.Reply;
import dev.leantea.http.Limits;
import java.io.IOException;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each limit: exactly at it all is well, one beyond it the documented status, however cut. */
public abstract class LimitsContract extends ServerContract {
  private static final int REQUEST_LINE = 200;
  private static final int FIELD_SECTION = 400;
  private static final int FIELDS = 10;
  private static final int BODY = 1000;

  @Override
  protected Limits limits() {
    return Limits.DEFAULTS
        .withRequestLine(REQUEST_LINE)
        .withFieldSection(FIELD_SECTION)
        .withFieldCount(FIELDS)
        .withBodyInMemory(BODY);
  }

  private int status(String request) throws IOException {
    int whole = status(request, request.length());
    assertThat(status(request, 1)).as("byte by byte").isEqualTo(whole);
    return whole;
  }

  private int status(String request, int step) throws IOException {
    try (WireClient client = connect()) {
      int sent = 0;
      while (sent < request.length()) {
        int end = Math.min(request.length(), sent + step);
        try {
          client.send(request.substring(sent, end));
        } catch (IOException e) {
          break; // refused before it was complete
        }
        sent = end;
      }
      Reply reply = client.read();
      if (reply.status() >= 400) {
        assertThat(reply.field("Connection")).isEqualTo("close");
        client.expectEnd();
      }
      return reply.status();
    }
  }

  @Test
  void requestLine_atLimit_isServed_beyond_is414() throws IOException {
    assertThat(status(requestLine(REQUEST_LINE))).isEqualTo(200);
    assertThat(status(requestLine(REQUEST_LINE + 1))).isEqualTo(414);
    assertThat(status(requestLine(REQUEST_LINE + 5000))).isEqualTo(414);
  }

  private static String requestLine(int bytes) {
    String start = "GET /echo?msg=";
    String end = " HTTP/1.1\r\n";
    return start + "x".repeat(bytes - start.length() - end.length()) + end + "Host: a\r\n\r\n";
  }

  @Test
  void fieldSection_atLimit_isServed_beyond_is431() throws IOException {
    assertThat(status(fieldSection(FIELD_SECTION))).isEqualTo(200);
    assertThat(status(fieldSection(FIELD_SECTION + 1))).isEqualTo(431);
    assertThat(status(fieldSection(FIELD_SECTION + 5000))).isEqualTo(431);
  }

  private static String fieldSection(int bytes) {
    String host = "Host: a\r\n";
    String name = "X: ";
    String value = "x".repeat(bytes - host.length() - name.length() - 2);
    return "GET /health HTTP/1.1\r\n" + host + name + value + "\r\n\r\n";
  }

  @Test
  void fieldCount_atLimit_isServed_beyond_is431() throws IOException {
    assertThat(status(fields(FIELDS))).isEqualTo(200);
    assertThat(status(fields(FIELDS + 1))).isEqualTo(431);
  }

  private static String fields(int count) {
    return "GET /health HTTP/1.1\r\nHost: a\r\n" + "X: y\r\n".repeat(count - 1) + "\r\n";
  }

  @Test
  void trailers_beyondLimits_are431() throws IOException {
    String start = "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n";
    assertThat(status(start + "X: y\r\n".repeat(FIELDS) + "\r\n")).isEqualTo(200);
    assertThat(status(start + "X: y\r\n".repeat(FIELDS + 1) + "\r\n")).isEqualTo(431);
    assertThat(status(start + "X: " + "y".repeat(FIELD_SECTION) + "\r\n\r\n")).isEqualTo(431);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/echo", "/echo/nonblocking"})
  void body_atLimit_isServed_beyond_is413(String path) throws IOException {
    assertThat(status(sized(path, BODY))).isEqualTo(200);
    assertThat(statusOnly(sized(path, BODY + 1))).isEqualTo(413);
    assertThat(status(chunked(path, BODY))).isEqualTo(200);
    assertThat(statusOnly(chunked(path, BODY + 1))).isEqualTo(413);
  }

  /** Of a refusal after which the connection may go on, for the body was short enough to go by. */
  private int statusOnly(String request) throws IOException {
    try (WireClient client = connect()) {
      return client.send(request).read().status();
    }
  }

  @Test
  void streamedBody_hasNoLimit() throws IOException {
    assertThat(status(sized("/echo/stream", BODY * 20))).isEqualTo(200);
  }

  private static String sized(String path, int bytes) {
    return "POST "
        + path
        + " HTTP/1.1\r\nHost: a\r\nContent-Length: "
        + bytes
        + "\r\n\r\n"
        + "x".repeat(bytes);
  }

  private static String chunked(String path, int bytes) {
    return "POST "
        + path
        + " HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
        + Integer.toHexString(bytes)
        + "\r\n"
        + "x".repeat(bytes)
        + "\r\n0\r\n\r\n";
  }

  @Test
  void connections_beyondLimit_get503_andOthersAreServed() throws IOException {
    try (Server small = serve(application(), Limits.DEFAULTS.withConnections(5))) {
      var held = new ArrayList<WireClient>();
      for (int i = 0; i < 5; i++) {
        var client = new WireClient(small.port());
        assertThat(client.get("/health").read().status()).isEqualTo(200);
        held.add(client);
      }
      try (var sixth = new WireClient(small.port())) {
        Reply reply = sixth.read();
        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.field("Connection")).isEqualTo("close");
        sixth.expectEnd();
      }
      assertThat(held.getFirst().get("/health").read().text()).isEqualTo("ok");
      for (WireClient client : held) {
        client.close();
      }
    }
  }
}
