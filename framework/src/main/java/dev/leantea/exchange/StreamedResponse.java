package dev.leantea.exchange;

import dev.leantea.http.BodyWriter;
import dev.leantea.http.Response;
import dev.leantea.wire.FileSlice;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A streamed response between its writer's thread and the owner thread: what the writer hands over,
 * and how it waits for the client.
 *
 * <pre>
 *  begin ─▶ (piece | file | flush)* ─▶ end        each is a task of the owner, in this order
 * </pre>
 */
final class StreamedResponse {
  private static final byte[] NO_BYTES = new byte[0];

  private final Application application;
  private final Exchange exchange;
  private final Response response;
  private final OptionalLong length;
  private final SendWindow window = new SendWindow();
  private final ResponseStream out;
  private final List<Runnable> drainActions = new ArrayList<>(1);

  StreamedResponse(Exchange exchange, Response response, OptionalLong length) {
    this.application = exchange.application();
    this.exchange = exchange;
    this.response = response;
    this.length = length;
    this.out = new ResponseStream(this, length);
  }

  /** Runs the writer; returns what it threw. */
  Optional<Throwable> write(BodyWriter writer) {
    try {
      writer.writeTo(out);
      out.finish();
      return Optional.empty();
    } catch (Throwable e) {
      sendRest();
      return Optional.of(e);
    } finally {
      drainActions.forEach(application::forgetDrain);
    }
  }

  /** What was written before the body broke off is sent, if its head was. */
  private void sendRest() {
    byte[] rest = out.rest();
    if (rest.length > 0) {
      exchange.onOwner(() -> exchange.data(rest, window));
    }
  }

  /** Whether the head was sent: then the status cannot be changed any more. */
  boolean isBegun() {
    return out.isBegun();
  }

  /** Has an action run when the server begins to drain, until the writer returns. */
  void onDrain(Runnable action) {
    drainActions.add(action);
    application.onDrain(action);
  }

  void begin() {
    exchange.onOwner(() -> exchange.begin(response, length, window));
  }

  /** Sends the head, where nothing was written yet. */
  void flush() {
    exchange.onOwner(() -> exchange.data(NO_BYTES, window));
  }

  /** Hands a piece over, and waits while the client is behind. */
  void piece(byte[] bytes) throws IOException {
    window.add(bytes.length);
    exchange.onOwner(() -> exchange.data(bytes, window));
    window.await();
  }

  /** Hands a part of a file over, and waits while the client is behind. */
  void file(FileSlice slice) throws IOException {
    if (!exchange.owner().readsItself()) {
      loadSafely(slice); // the loop that sends it serves others too
    }
    window.add(slice.count());
    exchange.onOwner(() -> exchange.file(slice, window));
    window.await();
  }

  private static void loadSafely(FileSlice slice) throws IOException {
    try {
      var _ = slice.load();
    } catch (IOException | RuntimeException | Error e) {
      slice.close();
      throw e;
    }
  }

  /** Hands the last piece and the end over, and the head before them where that was held back. */
  void end(boolean begun, byte[] last) {
    exchange.onOwner(
        () -> {
          if (!begun) {
            exchange.begin(response, length, window);
          }
          exchange.endWith(last);
        });
  }
}
