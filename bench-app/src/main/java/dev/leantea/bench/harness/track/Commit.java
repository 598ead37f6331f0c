package dev.leantea.bench.harness.track;

import dev.leantea.bench.harness.BenchException;
import dev.leantea.bench.harness.server.Commands;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The commit that figures belong to, in the layout of the history.
 *
 * @param id the whole hash
 * @param message its first line
 * @param timestamp of its author, ISO 8601
 * @param url empty: only the forge knows it
 * @param author who wrote it
 * @param committer who committed it
 */
public record Commit(
    String id, String message, String timestamp, String url, Person author, Person committer) {
  /** More than a commit's hash, as {@code git rev-parse} prints a complaint. */
  private static final String HASH = "[0-9a-f]{40,64}";

  /**
   * Somebody.
   *
   * @param name as in git
   * @param email as in git
   */
  public record Person(String name, String email) {}

  /**
   * The one checked out here.
   *
   * @throws BenchException outside of a repository
   */
  public static Commit here() throws BenchException {
    String id = show("%H");
    if (!id.matches(HASH)) {
      throw new BenchException("expected a git repository with a commit here, got: " + id);
    }
    Person author = new Person(show("%an"), show("%ae"));
    Person committer = new Person(show("%cn"), show("%ce"));
    return new Commit(id, show("%s"), show("%aI"), "", author, committer);
  }

  private static String show(String format) throws BenchException {
    List<String> command = new ArrayList<>(Arrays.asList("git", "log", "-1"));
    command.add("--format=" + format);
    return Commands.firstLine(command);
  }
}
