package dev.leantea.exchange;

import dev.leantea.http.Execution;
import dev.leantea.http.Handler;
import dev.leantea.http.Response;
import dev.leantea.loop.HandlerScope;
import dev.leantea.wire.Owner;

/** Calls a handler and sends its response, on a thread of its own or on one that serves others. */
final class HandlerCall {
  private HandlerCall() {}

  /** The handler's response, or that to what it throws. */
  static Response answer(Exchange exchange, Handler handler) {
    Response response = Invocation.call(handler, exchange.request(), exchange.body());
    var _ = Thread.interrupted(); // a flag that the handler left must not cost its answer
    return response;
  }

  /**
   * On the owner thread: others that it serves see nothing that the handler leaves there. What the
   * framework does with a response in memory has the thread's own thread-locals, for a library such
   * as Netty keeps its pools in them.
   */
  static void onSharedThread(Exchange exchange, Handler handler, Owner owner) {
    Response response = HandlerScope.call(HandlerCall::answer, exchange, handler);
    if (!Bodies.mayBlock(exchange.request(), response)) {
      try {
        exchange.handOver(response);
      } finally {
        var _ = HandlerScope.call(HandlerCall::close, exchange, response);
      }
    } else if (handler.execution() == Execution.NON_BLOCKING) {
      owner.start(new Delivery(exchange, response));
    } else {
      var _ = HandlerScope.call(HandlerCall::send, exchange, response);
    }
  }

  private static boolean send(Exchange exchange, Response response) {
    new Delivery(exchange, response).run();
    return true;
  }

  private static boolean close(Exchange exchange, Response response) {
    response.close();
    return true;
  }
}
