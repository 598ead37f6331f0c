package dev.leantea.exchange;

import dev.leantea.http.Body;
import dev.leantea.http.BodyWriter;
import dev.leantea.http.Response;
import dev.leantea.loop.LoopTask;
import java.util.OptionalLong;

/**
 * Sends a handler's response, on a thread that may block where the response needs it.
 *
 * <pre>
 *  in memory        ─▶ handed over whole
 *  stream, file     ─▶ the writer runs here, and hands over piece by piece
 *  other protocol   ─▶ its handler runs here
 * </pre>
 */
record Delivery(Exchange exchange, Response response) implements LoopTask {
  @Override
  public void run() {
    try {
      send();
    } catch (RuntimeException | Error e) { // there is no memory for it, or there is a bug
      OwnerTask.abort(exchange);
      throw e;
    } finally {
      response.close(); // whatever became of it
    }
  }

  private void send() {
    switch (response.body()) {
      case Body.Upgrade upgrade -> upgrade(upgrade);
      case Body.Stream stream when mayFollow() -> stream(stream.writer(), stream.length());
      case Body.File file when mayFollow() ->
          stream(new FileWriter(file), OptionalLong.of(file.length()));
      default -> exchange.handOver(response);
    }
  }

  private boolean mayFollow() {
    return Bodies.mayFollow(exchange.request(), response);
  }

  @Override
  public void heldLoop() {
    exchange.heldLoop();
  }

  private void stream(BodyWriter writer, OptionalLong length) {
    var streaming = new StreamedResponse(exchange, response, length);
    streaming
        .write(writer)
        .ifPresent(
            cause -> {
              if (streaming.isBegun()) {
                Invocation.logBroken(exchange.request(), cause);
                exchange.onOwner(() -> exchange.reset(cause));
              } else {
                exchange.handOver(Invocation.failed(exchange.request(), cause));
              }
            });
  }

  private void upgrade(Body.Upgrade upgrade) {
    try {
      Bodies.requireUpgradable(exchange.request(), upgrade.protocol(), exchange.body());
    } catch (Throwable e) {
      exchange.handOver(Invocation.failed(exchange.request(), e));
      return;
    }
    var stream = new UpgradedStream(exchange, new UpgradedInput(exchange.source()));
    stream
        .serve(response, upgrade.handler())
        .ifPresent(
            cause -> {
              Invocation.logBroken(exchange.request(), cause);
              exchange.abort();
            });
  }
}
