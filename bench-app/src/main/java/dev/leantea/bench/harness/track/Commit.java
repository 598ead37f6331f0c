package dev.leantea.bench.harness.track;

import dev.leantea.bench.harness.BenchException;
import dev.leantea.bench.harness.server.Programs;
import java.util.List;

/**
 * The commit that figures belong to, in the layout of the history.
 *
 * @param message its first line
 * @param timestamp of its author, ISO 8601
 * @param url empty: git does not know it
 */
public record Commit(
    String id, String message, String timestamp, String url, Person author, Person committer) {

  /** As in git. */
  public record Person(String name, String email) {}

  /** The one checked out here. */
  public static Commit here() {
    String format = "--format=%H%n%s%n%aI%n%an%n%ae%n%cn%n%ce";
    List<String> lines = Programs.output("git", "log", "-1", format).lines().toList();
    if (lines.size() != 7) {
      throw new BenchException("expected a git repository with a commit here, got: " + lines);
    }
    Person author = new Person(lines.get(3), lines.get(4));
    Person committer = new Person(lines.get(5), lines.get(6));
    return new Commit(lines.get(0), lines.get(1), lines.get(2), "", author, committer);
  }
}
