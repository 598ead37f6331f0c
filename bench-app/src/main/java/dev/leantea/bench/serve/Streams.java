package dev.leantea.bench.serve;

import dev.leantea.forms.Form;
import dev.leantea.forms.Forms;
import dev.leantea.forms.Part;
import dev.leantea.http.HttpException;
import dev.leantea.http.MediaType;
import dev.leantea.http.Request;
import dev.leantea.http.Response;
import dev.leantea.sse.Event;
import dev.leantea.sse.Events;
import dev.leantea.sse.Sse;
import dev.leantea.websocket.Message;
import dev.leantea.websocket.Origins;
import dev.leantea.websocket.WebSocket;
import dev.leantea.websocket.WebSocketOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** The answers with streamed bodies: WebSocket, events, uploads, downloads. */
final class Streams {
  /** The largest message of the Autobahn case list. */
  private static final int MAX_MESSAGE_BYTES = 16 * 1024 * 1024;

  private static final int BLOCK_BYTES = 64 * 1024;
  private static final long MAX_ID = 1L << 53;
  private static final Duration TICK = Duration.ofSeconds(1);

  /** Any page may connect: the echo knows no cookies. */
  private static final WebSocketOptions ECHO =
      WebSocketOptions.DEFAULTS.withMessageLimit(MAX_MESSAGE_BYTES).withOrigins(Origins.ANY);

  private Streams() {}

  static Response echo(Request request) {
    return WebSocket.accept(request, ECHO, Streams::echo);
  }

  private static void echo(WebSocket socket) throws IOException {
    for (Message message; (message = socket.receive()) != null; ) {
      socket.send(message);
    }
  }

  /** Counts from the client's last event, once a second. */
  static Response events(Request request) {
    long last = Sse.lastEventId(request).map(Streams::eventId).orElse(0L);
    return Sse.events(events -> count(events, last));
  }

  private static long eventId(String text) {
    try {
      long id = Long.parseLong(text);
      if (id >= 0 && id <= MAX_ID) {
        return id;
      }
    } catch (NumberFormatException e) {
      // reported below
    }
    throw new HttpException(400, "id: expected a number from 0 to " + MAX_ID + ", got " + text);
  }

  private static void count(Events events, long last) throws IOException, InterruptedException {
    events.send(Event.EMPTY.retry(TICK));
    for (long id = last + 1; ; id++) {
      events.send(Event.of("tick " + id).id(Long.toString(id)));
      Thread.sleep(TICK);
    }
  }

  record Upload(long bytes, String sha256) {}

  record PartUpload(String name, String fileName, long bytes, String sha256) {}

  static Response upload(Request request) throws IOException {
    if (request.mediaType().matches(MediaType.MULTIPART)) {
      return uploadForm(request);
    }
    return Response.jsonObj(200, digest(request.stream()));
  }

  private static Response uploadForm(Request request) throws IOException {
    List<PartUpload> parts = new ArrayList<>();
    try (Form form = Forms.read(request)) {
      for (Part part : form.parts()) {
        Upload upload = digest(part.stream());
        parts.add(
            new PartUpload(
                part.name(), part.fileName().orElse(""), upload.bytes(), upload.sha256()));
      }
    }
    return Response.jsonObj(200, parts);
  }

  private static Upload digest(InputStream content) throws IOException {
    try (var in = new DigestInputStream(content, MessageDigest.getInstance("SHA-256"))) {
      long bytes = in.transferTo(OutputStream.nullOutputStream());
      return new Upload(bytes, HexFormat.of().formatHex(in.getMessageDigest().digest()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("upload: every JDK has SHA-256", e);
    }
  }

  static Response download(long bytes) {
    return Response.stream(200, MediaType.OCTET_STREAM, bytes, out -> writePattern(out, bytes));
  }

  /** The byte at index i is i modulo 251, a prime: a lost or repeated piece shows. */
  private static void writePattern(OutputStream out, long bytes) throws IOException {
    byte[] block = new byte[BLOCK_BYTES / 251 * 251];
    for (int i = 0; i < block.length; i++) {
      block[i] = (byte) (i % 251);
    }
    for (long left = bytes; left > 0; left -= block.length) {
      out.write(block, 0, (int) Math.min(left, block.length));
    }
  }
}
