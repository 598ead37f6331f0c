package dev.leantea.server;

import dev.leantea.tls.Tls;
import dev.leantea.tls.TlsSource;
import dev.leantea.tls.certificate.CertificateLoader;
import dev.leantea.tls.engine.JdkContext;
import dev.leantea.tls.engine.TlsContext;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The TLS context of a server, which is made anew when its files have changed. Connections keep the
 * one that they began with; files that cannot be used leave the old one in place. Any thread.
 *
 * <pre>
 *  open ─▶ current ─ a file has changed ─┬─▶ new current, the old one is closed
 *            ▲                           └─▶ damaged: logged once, current stays
 *            └──── every 2 s ────────────────┘
 * </pre>
 */
final class TlsContexts implements AutoCloseable {
  private static final Logger LOG = System.getLogger("dev.leantea");
  private static final long PERIOD_MILLIS = TimeUnit.SECONDS.toMillis(2);

  private final TlsLibrary library;
  private final CertificateLoader loader;
  private final List<Path> files;
  private List<String> tags;
  private volatile TlsContext current;
  private boolean closed;
  private final Thread watcher;

  private TlsContexts(Tls tls, CertificateLoader loader, List<String> protocols) {
    this.library = library(tls);
    this.loader = loader;
    this.files = loader.files();
    this.tags = tags(files); // before they are read
    this.current = first(tls, library, loader, protocols);
    this.watcher = Thread.ofPlatform().name("leantea-certificates").daemon().unstarted(this::watch);
  }

  /**
   * Reads the files, and looks every few seconds whether they have changed.
   *
   * @param protocols for ALPN
   * @throws IllegalArgumentException when a file cannot be used
   */
  static TlsContexts open(Tls tls, List<String> protocols) {
    var contexts = new TlsContexts(tls, new CertificateLoader(tls, protocols), protocols);
    LOG.log(Level.INFO, "TLS by " + contexts.library());
    if (!contexts.files.isEmpty()) {
      contexts.watcher.start();
    }
    return contexts;
  }

  private static TlsLibrary library(Tls tls) {
    if (!(tls.sources().getFirst() instanceof TlsSource.Context)) {
      return TlsLibrary.of(tls);
    }
    if (tls.engine().equals(Optional.of(Tls.Engine.OPENSSL))) {
      throw new IllegalArgumentException("TLS: expected files with OpenSSL, got an SSLContext");
    }
    return new TlsLibrary.Jdk("the JDK, which an SSLContext needs");
  }

  private static TlsContext first(
      Tls tls, TlsLibrary library, CertificateLoader loader, List<String> protocols) {
    return tls.sources().getFirst() instanceof TlsSource.Context given
        ? JdkContext.of(given.context(), tls.clientCertificates(), protocols)
        : library.context(loader.load());
  }

  /** The library that encrypts, and why: for the operator. */
  String library() {
    return library.description();
  }

  /** For a new connection. */
  TlsContext current() {
    return current;
  }

  @Override
  public synchronized void close() {
    closed = true;
    watcher.interrupt();
    current.close();
  }

  private synchronized void replace(TlsContext next) {
    if (closed) {
      next.close();
      return;
    }
    TlsContext old = current;
    current = next;
    old.close();
  }

  private void watch() {
    try {
      while (true) {
        Thread.sleep(PERIOD_MILLIS);
        reloadIfChanged();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the server has ended
    }
  }

  private void reloadIfChanged() {
    List<String> now = tags(files);
    if (now.equals(tags)) {
      return;
    }
    tags = now;
    try {
      replace(library.context(loader.load()));
      LOG.log(Level.INFO, "TLS: new connections use the certificates that have changed");
    } catch (RuntimeException e) {
      LOG.log(
          Level.WARNING,
          "TLS: the certificates that have changed cannot be used, the old ones stay: "
              + e.getMessage());
    }
  }

  private static List<String> tags(List<Path> files) {
    return files.stream().map(TlsContexts::tag).toList();
  }

  private static String tag(Path file) {
    try {
      var attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return attributes.lastModifiedTime()
          + " "
          + attributes.size()
          + " "
          + Optional.ofNullable(attributes.fileKey());
    } catch (IOException e) {
      return "unreadable";
    }
  }
}
