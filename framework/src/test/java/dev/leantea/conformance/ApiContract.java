package dev.leantea.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Holds the public API of a module to the file {@code api.txt} in its folder, so that each change
 * of the API is seen in review. After a change that is meant, write the file anew and commit it:
 *
 * <pre>
 *  mvn -pl MODULE test -Dtest=ApiTest -Dleantea.api.write
 * </pre>
 */
public abstract class ApiContract {
  private static final Path RECORDED = Path.of("api.txt");

  @Test
  void api_isTheRecordedOne() throws Exception {
    List<String> api = ApiSnapshot.of(Path.of("target", "classes"));
    if (System.getProperty("leantea.api.write") != null) {
      Files.write(RECORDED, api);
    }
    String module = Path.of("").toAbsolutePath().getFileName().toString();
    assertThat(changes(Files.readAllLines(RECORDED), api))
        .as(
            "changes of the public API; if they are meant, write api.txt anew with"
                + " mvn -pl %s test -Dtest=ApiTest -Dleantea.api.write and commit it",
            module)
        .isEmpty();
  }

  /** Lines that are gone, and lines that are new, each with its type. */
  private static List<String> changes(List<String> recorded, List<String> api) {
    List<String> before = withTypes(recorded);
    List<String> after = withTypes(api);
    var changes = new ArrayList<String>();
    before.stream().filter(line -> !after.contains(line)).forEach(it -> changes.add("- " + it));
    after.stream().filter(line -> !before.contains(line)).forEach(it -> changes.add("+ " + it));
    return changes;
  }

  private static List<String> withTypes(List<String> lines) {
    var full = new ArrayList<String>();
    String type = "";
    for (String line : lines) {
      if (line.startsWith("    ")) {
        full.add(type + ": " + line.strip());
      } else {
        type = line.strip().replaceFirst("^.*?(dev\\.leantea[\\w.]*).*$", "$1");
        full.add(line.strip());
      }
    }
    return full;
  }
}
