package dev.leantea.files;

import dev.leantea.http.FileVersion;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The files below a folder of a jar. The jar's list of entries is read at the start, so that what
 * clients ask for is looked up in a set and nowhere else. A file is read when it is first asked
 * for, and then kept in memory.
 */
final class JarSource implements FileSource {
  private static final int TAG_BYTES = 16;

  private final JarFile jar;
  private final String prefix;
  private final Set<String> names;
  private final Set<String> folders;
  private final Map<String, Content> contents = new ConcurrentHashMap<>();

  /**
   * @param prefix of the entries, with a slash at its end
   */
  private JarSource(JarFile jar, String prefix) {
    this.jar = jar;
    this.prefix = prefix;
    this.names =
        jar.stream()
            .filter(entry -> !entry.isDirectory())
            .map(JarEntry::getName)
            .filter(name -> name.startsWith(prefix))
            .map(name -> name.substring(prefix.length()))
            .filter(JarSource::isVisible)
            .collect(Collectors.toUnmodifiableSet());
    this.folders =
        names.stream()
            .filter(name -> name.equals(INDEX) || name.endsWith("/" + INDEX))
            .map(name -> name.substring(0, name.length() - INDEX.length()))
            .collect(Collectors.toUnmodifiableSet());
  }

  /** The folder on the class path: in a jar, or, in development, on the disk. */
  static FileSource onClassPath(ClassLoader loader, String folder) throws IOException {
    @Nullable URL url = loader.getResource(folder + "/");
    if (url == null) {
      url = loader.getResource(folder + "/" + INDEX); // some jars have no entries for folders
    }
    if (url == null) {
      throw new IOException(
          "static files: expected a folder "
              + folder
              + " on the class path, or an index.html in it");
    }
    if (url.getProtocol().equals("file")) {
      return FolderSource.of(folderOnDisk(url));
    }
    URLConnection connection = url.openConnection();
    if (!(connection instanceof JarURLConnection inJar)) {
      throw new IOException("static files: expected a folder in a jar or on the disk, got " + url);
    }
    return new JarSource(inJar.getJarFile(), folder + "/");
  }

  private static Path folderOnDisk(URL url) throws IOException {
    try {
      Path path = Path.of(new URI(url.toString()));
      return path.endsWith(INDEX) ? path.resolveSibling("") : path;
    } catch (URISyntaxException e) {
      throw new IOException("static files: expected a URL of a file, got " + url, e);
    }
  }

  private static boolean isVisible(String path) {
    String[] steps = path.split("/", -1);
    for (int i = 0; i < steps.length; i++) {
      if (FileSource.isHidden(steps[i], i == 0)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public Found find(String path) throws IOException {
    if (names.contains(path)) {
      return new Found.File(path, content(path));
    }
    if (folders.contains(path)) {
      return new Found.File(path + INDEX, content(path + INDEX));
    }
    return folders.contains(path + "/") ? new Found.Folder() : new Found.Nothing();
  }

  private Content content(String name) throws IOException {
    Content known = contents.get(name);
    if (known != null) {
      return known;
    }
    JarEntry entry = jar.getJarEntry(prefix + name);
    try (InputStream in = jar.getInputStream(entry)) {
      byte[] bytes = in.readAllBytes();
      Content read = new Content.InMemory(name, bytes, version(bytes, entry));
      contents.put(name, read);
      return read;
    }
  }

  private static FileVersion version(byte[] bytes, JarEntry entry) {
    long seconds = Math.max(0, entry.getTime()) / 1000;
    return new FileVersion(bytes.length, Instant.ofEpochSecond(seconds), tag(bytes));
  }

  private static String tag(byte[] bytes) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return '"' + HexFormat.of().formatHex(Arrays.copyOf(digest, TAG_BYTES)) + '"';
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
