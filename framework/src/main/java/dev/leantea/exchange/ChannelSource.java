package dev.leantea.exchange;

import java.io.IOException;

/**
 * What the reader of a request's body, or of an upgraded connection, asks of its exchange. The
 * reader's thread.
 */
final class ChannelSource implements IncomingBody.Source {
  private final Exchange exchange;
  private final ExchangeChannel channel;

  ChannelSource(Exchange exchange, ExchangeChannel channel) {
    this.exchange = exchange;
    this.channel = channel;
  }

  @Override
  public void firstRead() {
    exchange.onOwner(exchange::sendContinue);
  }

  @Override
  public void demand() {
    exchange.onOwner(exchange::demand);
  }

  @Override
  public boolean pulls() {
    return channel.pulls();
  }

  @Override
  public void pull() throws IOException {
    channel.pull();
  }
}
