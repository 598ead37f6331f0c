package dev.leantea.loop;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Finds the address of a host without holding the loop that carries the caller. */
public final class HostNames {
  private HostNames() {}

  /**
   * The first address of a host. The look-up is a call of the system that may take seconds: for a
   * caller that a loop carries it is made on a thread of the JDK's.
   *
   * @throws InterruptedIOException if the caller is interrupted; the interrupt status is set
   */
  public static InetAddress resolve(String host) throws IOException {
    Callable<InetAddress> lookup = () -> InetAddress.getByName(host);
    if (CarriedSockets.loopOfCaller() == null) {
      return InetAddress.getByName(host);
    }
    var task = new FutureTask<>(lookup);
    Thread.ofVirtual().name("leantea-lookup").start(task);
    try {
      return task.get();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the look-up of a host was interrupted");
    } catch (ExecutionException e) {
      throw e.getCause() instanceof UnknownHostException unknown
          ? unknown
          : new IOException("the look-up of a host failed", e.getCause());
    }
  }
}
