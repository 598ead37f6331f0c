package dev.leantea.server;

import dev.leantea.http.HttpException;
import dev.leantea.http.Method;
import dev.leantea.http.Request;
import dev.leantea.loop.FailureLog;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/**
 * Initializes what the JVM would initialize when it is first used, and cannot repeat when that
 * fails for lack of a file descriptor or of memory: a server that gets all its first connections at
 * once can have none left at that moment, and would stay broken for good.
 *
 * <ul>
 *   <li>{@code sun.nio.ch.Poller}, on which virtual threads wait for their sockets; started from
 *       here its threads also belong to the JDK's scheduler and to no event loop;
 *   <li>the rules of time zones, without which the JDK's log cannot write a line;
 *   <li>the log itself, and the classes that a line with a stack needs;
 *   <li>the response to a handler that fails;
 *   <li>the jars of the class path and of the modules: one that cannot be opened is never tried
 *       again.
 * </ul>
 *
 * <p>It runs once in a JVM, on a thread of its own beside the start of the first server, which
 * waits for it before it opens a listener.
 */
public final class JvmPreparation {
  private static final Logger LOG = System.getLogger("dev.leantea");

  /** A resource that no jar has: to look for it opens them all. */
  private static final String NOWHERE = "dev/leantea/server/nowhere";

  private static final Thread THREAD =
      Thread.ofPlatform().name("leantea-preparation").daemon().start(JvmPreparation::prepare);

  private JvmPreparation() {}

  /** Begins, if it has not begun in this JVM. Does not wait. */
  public static void begin() {
    // the class is initialized now
  }

  /** Waits until all is initialized. */
  public static void await() {
    boolean interrupted = false;
    while (THREAD.isAlive()) {
      try {
        THREAD.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static void prepare() {
    initialize("sun.nio.ch.Poller");
    if (ZonedDateTime.now(ZoneId.systemDefault()).getYear() < 1970) {
      LOG.log(Level.WARNING, "the clock is before 1970");
    }
    openJars();
    prepareFailures();
  }

  /** What a first failure needs: it may be that there is no memory. */
  private static void prepareFailures() {
    FailureLog.prepare();
    var failure = new HttpException(500, "");
    if (failure.toResponse(Request.of(Method.GET, "/")).status() != failure.status()) {
      LOG.log(Level.WARNING, "an error response has another status");
    }
  }

  private static void initialize(String jdkClass) {
    try {
      Class.forName(jdkClass);
    } catch (ClassNotFoundException | LinkageError e) {
      LOG.log(Level.DEBUG, "the JDK does not initialize " + jdkClass, e);
    }
  }

  private static void openJars() {
    ClassLoader loader = ClassLoader.getSystemClassLoader();
    if (loader.getResource(NOWHERE) != null) {
      LOG.log(Level.DEBUG, "expected no resource {0}", NOWHERE);
    }
    ModuleLayer.boot().modules().stream()
        .filter(module -> loader.equals(module.getClassLoader()))
        .forEach(JvmPreparation::open);
  }

  private static void open(Module module) {
    try (InputStream none = module.getResourceAsStream(NOWHERE)) {
      if (none != null) {
        LOG.log(Level.DEBUG, "expected no resource {0} in {1}", NOWHERE, module);
      }
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "cannot open " + module, e);
    }
  }
}
