package dev.leantea.exchange;

import dev.leantea.wire.Owner;
import java.io.IOException;

/**
 * What the reader of a request's body, or of an upgraded connection, asks of its exchange. The
 * reader's thread.
 */
final class ChannelSource implements IncomingBody.Source {
  private final Exchange exchange;
  private final ExchangeChannel channel;
  private final Owner owner;

  ChannelSource(Exchange exchange, ExchangeChannel channel, Owner owner) {
    this.exchange = exchange;
    this.channel = channel;
    this.owner = owner;
  }

  @Override
  public void firstRead() {
    owner.execute(exchange::sendContinue);
  }

  @Override
  public void demand() {
    owner.execute(exchange::demand);
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
