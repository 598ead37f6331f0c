package dev.leantea.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Entity tags of files (RFC 9110 §8.8.3).
 *
 * <p>Time and size are not enough: the files of a container image often have one fixed old time,
 * and a new version may have the size of the old one. The change time and the inode tell them
 * apart, but differ on each machine behind a load balancer. So what is small is hashed, once for
 * each state of the file; most files of a site are. To hash a large file would delay its first
 * answer by seconds. Any thread.
 */
final class FileTags {
  static final int MAX_HASHED_BYTES = 1024 * 1024;

  /** Beyond it the cache begins anew. An entry takes some hundred bytes. */
  private static final int MAX_CACHED = 10_000;

  /** Coarser than the clock of any file system in use. */
  private static final Duration GRAIN = Duration.ofSeconds(2);

  private static final int TAG_BYTES = 16;

  private static final ConcurrentHashMap<Path, Hashed> CACHE = new ConcurrentHashMap<>();

  private record Hashed(FileState state, String tag) {}

  private FileTags() {}

  static String of(Path file, FileState state, Instant now) throws IOException {
    boolean settled = state.latest().plus(GRAIN).isBefore(now);
    if (state.size() > MAX_HASHED_BYTES) {
      return settled ? ofAttributes(state) : "W/" + ofAttributes(state);
    }
    Hashed cached = CACHE.get(file);
    if (cached != null && cached.state().equals(state)) {
      return cached.tag();
    }
    String tag = ofContent(file);
    if (settled) {
      cache(file, new Hashed(state, tag));
    }
    return tag;
  }

  private static void cache(Path file, Hashed hashed) {
    if (CACHE.size() >= MAX_CACHED) {
      CACHE.clear();
    }
    CACHE.put(file, hashed);
  }

  private static String ofContent(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return '"' + hash(in.readNBytes(MAX_HASHED_BYTES)) + '"';
    }
  }

  private static String ofAttributes(FileState state) {
    String modified = hex(state.modified());
    String changed = hex(state.changed());
    return '"' + modified + '-' + changed + '-' + Long.toHexString(state.size()) + '"';
  }

  private static String hex(Instant time) {
    return Long.toHexString(time.getEpochSecond()) + '.' + Integer.toHexString(time.getNano());
  }

  private static String hash(byte[] content) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
      return HexFormat.of().formatHex(Arrays.copyOf(digest, TAG_BYTES));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
