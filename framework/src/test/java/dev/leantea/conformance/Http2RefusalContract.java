package dev.leantea.conformance;

import static dev.leantea.conformance.Http2Client.latin1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.leantea.conformance.Http2Client.Stream;
import dev.leantea.http.Limits;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTP/2: what is malformed and what is abuse, and that nobody else suffers from it. */
public abstract class Http2RefusalContract extends ServerContract {
  private static final int NO_ERROR = 0;
  private static final int PROTOCOL_ERROR = 1;
  private static final int FLOW_CONTROL_ERROR = 3;
  private static final int STREAM_CLOSED = 5;
  private static final int CANCEL = 8;
  private static final int ENHANCE_YOUR_CALM = 11;

  private Http2Client open() throws IOException {
    return Http2Client.open(port());
  }

  // ---- malformed requests

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Upper|x",
        "connection|close",
        "transfer-encoding|chunked",
        "te|gzip",
        "x-lines|a\r\nb: c",
        "x-nul|a\0b",
        "content-length|+4",
        "content-length|5",
        ":path|/twice",
        ":unknown|x",
        "host|elsewhere"
      })
  void request_malformedField_is400_andTheConnectionGoesOn(String field) throws IOException {
    String[] parts = field.split("\\|", 2);
    try (Http2Client client = open()) {
      client.get(1, "/health", parts[0], parts[1]);
      assertThat(client.await(1).status()).isEqualTo(400);
      client.get(3, "/health");
      assertThat(client.await(3).status()).isEqualTo(200);
    }
  }

  @Test
  void request_manyFields_is431() throws IOException {
    String[] fields = new String[2 * (Limits.DEFAULTS.fieldCount() + 1)];
    Arrays.setAll(fields, i -> i % 2 == 0 ? "x-field-" + i : "value");
    try (Http2Client client = open()) {
      client.get(1, "/health", fields);
      assertThat(client.await(1).status()).isEqualTo(431);
      client.get(3, "/health");
      assertThat(client.await(3).status()).isEqualTo(200);
    }
  }

  @Test
  void post_moreThanContentLength_isReset() throws IOException {
    try (Http2Client client = open()) {
      client.request(1, "POST", "/echo", false, "content-length", "2");
      client.data(1, latin1("abc"), true);
      assertThat(client.await(1).reset).isEqualTo(PROTOCOL_ERROR);
      client.get(3, "/health");
      assertThat(client.await(3).status()).isEqualTo(200);
    }
  }

  @Test
  void post_answeredEarly_isResetWithoutError_andTheRestIsIgnored() throws IOException {
    try (Http2Client client = open()) {
      client.request(1, "POST", "/ignore", false);
      client.data(1, new byte[1000], false);
      Stream reply = client.stream(1);
      client.await(() -> reply.reset >= 0);
      assertThat(reply.ended).isTrue();
      assertThat(reply.text()).isEqualTo("not read");
      assertThat(reply.reset).isEqualTo(NO_ERROR);
      client.data(1, new byte[1000], true);
      client.get(3, "/health");
      assertThat(client.await(3).status()).isEqualTo(200);
    }
  }

  /** A window that nobody has extended: the handler reads nothing. */
  @Test
  void get_bodyBeyondTheWindow_isReset() throws IOException {
    try (Http2Client client = open()) {
      client.request(1, "GET", "/sleep/2000", false);
      for (int i = 0; i < 70; i++) {
        client.data(1, new byte[16_000], false);
      }
      client.await(() -> client.stream(1).reset >= 0 || !client.goAwayCodes.isEmpty());
      assertThat(client.goAwayCodes).isEmpty();
      assertThat(client.stream(1).reset).isEqualTo(FLOW_CONTROL_ERROR);
    }
  }

  @Test
  void data_afterTheEnd_isStreamClosed() throws IOException {
    try (Http2Client client = open()) {
      client.get(1, "/health");
      client.await(1);
      client.data(1, latin1("late"), true);
      client.await(() -> client.stream(1).reset >= 0);
      assertThat(client.stream(1).reset).isEqualTo(STREAM_CLOSED);
    }
  }

  /** They were on their way. */
  @Test
  void windowUpdateAndReset_afterTheEnd_areIgnored() throws IOException {
    try (Http2Client client = open()) {
      client.get(1, "/health");
      client.await(1);
      client.window(1, 1000);
      client.reset(1, CANCEL);
      client.get(3, "/health");
      assertThat(client.await(3).status()).isEqualTo(200);
      assertThat(client.stream(1).reset).isEqualTo(-1);
    }
  }

  @Test
  void headers_afterTheEnd_isAConnectionError() throws IOException {
    try (Http2Client client = open()) {
      client.get(1, "/health");
      client.await(1);
      client.get(1, "/health");
      client.awaitEnd();
      assertThat(client.goAwayCodes).containsExactly(STREAM_CLOSED);
      assertThat(client.ended).containsExactly(1);
    }
  }

  // ---- abuse

  @Test
  void rapidReset_endsTheConnection_andOthersAreServed() throws IOException {
    try (Http2Client abuser = open()) {
      for (int i = 0; i < 500; i++) {
        abuser.get(1 + 2 * i, "/sleep/100");
        abuser.reset(1 + 2 * i, CANCEL);
      }
      assertCalm(abuser);
    }
  }

  @Test
  void pingFlood_endsTheConnection_andOthersAreServed() throws IOException {
    try (Http2Client abuser = open()) {
      for (int i = 0; i < 1000; i++) {
        abuser.frame(Http2Client.PING, 0, 0, new byte[8]);
      }
      assertCalm(abuser);
    }
  }

  @Test
  void continuationFlood_endsTheConnection_andOthersAreServed() throws IOException {
    try (Http2Client abuser = open()) {
      byte[] block = Http2Client.block(Http2Client.head("GET", "/health"));
      abuser.frame(Http2Client.HEADERS, Http2Client.END_STREAM, 1, block);
      for (int i = 0; i < 100; i++) {
        abuser.frame(Http2Client.CONTINUATION, 0, 1, Http2Client.block("x", "y"));
      }
      assertCalm(abuser);
    }
  }

  private void assertCalm(Http2Client abuser) throws IOException {
    abuser.awaitEnd();
    assertThat(abuser.goAwayCodes).containsExactly(ENHANCE_YOUR_CALM);
    try (Http2Client other = open()) {
      other.get(1, "/health");
      assertThat(other.await(1).status()).isEqualTo(200);
    }
  }
}
