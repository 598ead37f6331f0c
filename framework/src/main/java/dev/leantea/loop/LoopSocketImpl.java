package dev.leantea.loop;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketImpl;
import java.net.SocketOption;
import java.net.SocketOptions;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a loop socket is made of: a channel that never blocks. Its waits are operations of the loop
 * that carries the caller; on other threads they are those of the JDK.
 *
 * <p>What it promises is what {@code sun.nio.ch.NioSocketImpl} of the JDK does, message for
 * message.
 */
final class LoopSocketImpl extends SocketImpl {
  private final SocketLife life = new SocketLife();
  private volatile int timeout;

  private @Nullable SocketReader reader;
  private @Nullable SocketWriter writer;
  private @Nullable SocketWaiter writing;

  /** The timeout of reads in milliseconds; 0 for none. */
  int timeout() {
    return timeout;
  }

  @Override
  protected void create(boolean stream) throws IOException {
    if (!stream) {
      throw new IOException("Datagram socket creation not supported");
    }
    SocketChannel channel = life.create(this);
    writing = new SocketWaiter(channel);
    writer = new SocketWriter(life, writing);
    reader = new SocketReader(this, life, new SocketWaiter(channel));
  }

  private static <T> T created(@Nullable T part) throws SocketException {
    if (part == null) {
      throw new SocketException("Socket not created");
    }
    return part;
  }

  // ---- connecting

  @Override
  protected void connect(String host, int port) throws IOException {
    connect(new InetSocketAddress(HostNames.resolve(host), port), 0);
  }

  @Override
  protected void connect(InetAddress to, int toPort) throws IOException {
    connect(new InetSocketAddress(to, toPort), 0);
  }

  @Override
  protected void connect(SocketAddress remote, int millis) throws IOException {
    if (!(remote instanceof InetSocketAddress internet)) {
      throw new IOException("Unsupported address type");
    }
    if (internet.isUnresolved()) {
      throw new UnknownHostException(internet.getHostString());
    }
    CarriedSockets.testPin();
    created(reader).lock().lock();
    try {
      establish(internet, SocketWaiter.deadline(millis));
    } catch (IOException e) {
      close();
      throw asConnectFailure(e);
    } finally {
      created(reader).lock().unlock();
    }
  }

  private void establish(InetSocketAddress remote, long deadline) throws IOException {
    SocketChannel channel = life.beginConnect();
    boolean connected = false;
    try {
      connected = finishConnect(channel, remote, deadline) && life.setConnected();
      address = remote.getAddress();
      port = remote.getPort();
      if (connected) {
        localport = localPort(channel);
      }
    } finally {
      life.end(connected);
    }
  }

  private boolean finishConnect(SocketChannel channel, InetSocketAddress remote, long deadline)
      throws IOException {
    boolean connected = channel.connect(remote);
    while (!connected && life.isOpen()) {
      created(writing).awaitWritable(deadline, "Connect timed out");
      connected = channel.finishConnect();
    }
    return connected;
  }

  private static IOException asConnectFailure(IOException failure) {
    if (failure instanceof SocketTimeoutException) {
      return failure;
    }
    boolean interrupted = failure instanceof InterruptedIOException;
    if (interrupted || failure instanceof ClosedChannelException) {
      return new SocketException(interrupted ? "Closed by interrupt" : "Socket closed");
    }
    return failure;
  }

  private static int localPort(SocketChannel channel) throws IOException {
    return channel.getLocalAddress() instanceof InetSocketAddress local ? local.getPort() : 0;
  }

  @Override
  protected void bind(InetAddress host, int toPort) throws IOException {
    SocketChannel channel = life.open();
    if (localport != 0) {
      throw new SocketException("Already bound");
    }
    channel.bind(new InetSocketAddress(host, toPort));
    address = host;
    localport = localPort(channel);
  }

  @Override
  protected void listen(int backlog) throws IOException {
    throw new SocketException("a loop socket is a client's: it does not listen");
  }

  @Override
  protected void accept(SocketImpl accepted) throws IOException {
    throw new SocketException("a loop socket is a client's: it does not accept");
  }

  // ---- reading and writing

  @Override
  protected InputStream getInputStream() throws IOException {
    return created(reader);
  }

  @Override
  protected OutputStream getOutputStream() throws IOException {
    return created(writer);
  }

  @Override
  protected int available() throws IOException {
    SocketChannel channel = life.connected();
    return channel.socket().isInputShutdown() ? 0 : channel.socket().getInputStream().available();
  }

  @Override
  protected void shutdownInput() throws IOException {
    life.connected().shutdownInput();
  }

  @Override
  protected void shutdownOutput() throws IOException {
    life.connected().shutdownOutput();
  }

  @Override
  protected boolean supportsUrgentData() {
    return true;
  }

  @Override
  protected void sendUrgentData(int data) throws IOException {
    created(writer).sendUrgent(data);
  }

  @Override
  protected void close() {
    life.close();
  }

  // ---- options

  @Override
  protected Set<SocketOption<?>> supportedOptions() {
    try {
      return SocketSettings.supported(life.open());
    } catch (SocketException _) {
      return Set.of();
    }
  }

  @Override
  protected <T> void setOption(SocketOption<T> option, T value) throws IOException {
    SocketSettings.set(life.open(), option, value);
  }

  @Override
  protected <T> T getOption(SocketOption<T> option) throws IOException {
    return SocketSettings.value(life.open(), option);
  }

  @Override
  public void setOption(int number, Object value) throws SocketException {
    SocketChannel channel = life.open();
    if (number != SocketOptions.SO_TIMEOUT) {
      SocketSettings.set(channel, number, value);
    } else if (value instanceof Integer millis && millis >= 0) {
      timeout = millis;
    } else {
      throw new SocketException("timeout: expected 0 or more milliseconds, got " + value);
    }
  }

  @Override
  public Object getOption(int number) throws SocketException {
    SocketChannel channel = life.open();
    return number == SocketOptions.SO_TIMEOUT ? timeout : SocketSettings.value(channel, number);
  }
}
