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

  private final CertificateLoader loader;
  private final List<Path> files;
  private List<String> tags;
  private volatile TlsContext current;
  private final Thread watcher;

  private TlsContexts(CertificateLoader loader, List<String> tags, TlsContext first) {
    this.loader = loader;
    this.files = loader.files();
    this.tags = tags;
    this.current = first;
    this.watcher = Thread.ofPlatform().name("leantea-certificates").daemon().unstarted(this::watch);
  }

  /**
   * Reads the files, and looks every few seconds whether they have changed.
   *
   * @param protocols for ALPN
   * @throws IllegalArgumentException when a file cannot be used
   */
  static TlsContexts open(Tls tls, List<String> protocols) {
    var loader = new CertificateLoader(tls, protocols);
    List<String> tags = tags(loader.files());
    var contexts = new TlsContexts(loader, tags, first(tls, loader, protocols));
    if (!contexts.files.isEmpty()) {
      contexts.watcher.start();
    }
    return contexts;
  }

  private static TlsContext first(Tls tls, CertificateLoader loader, List<String> protocols) {
    return tls.sources().getFirst() instanceof TlsSource.Context given
        ? JdkContext.of(given.context(), tls.clientCertificates(), protocols)
        : JdkContext.of(loader.load());
  }

  /** For a new connection. */
  TlsContext current() {
    return current;
  }

  @Override
  public void close() {
    watcher.interrupt();
    current.close();
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
      TlsContext old = current;
      current = JdkContext.of(loader.load());
      old.close();
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
