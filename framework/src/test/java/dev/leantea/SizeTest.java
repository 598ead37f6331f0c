package dev.leantea;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds every source file of the repository, tests included, to sizes that can be read. */
class SizeTest {
  private static final int MAX_FILE_LINES = 400;
  private static final int MAX_METHOD_LINES = 25;

  private static SourceSizes repository;

  @BeforeAll
  static void measure() throws IOException {
    repository = SourceSizes.of(SourceFiles.java());
  }

  @Test
  void files_haveAtMost400Lines() {
    assertThat(repository.files()).hasSizeGreaterThan(300);
    assertThat(repository.files()).filteredOn(file -> file.lines() > MAX_FILE_LINES).isEmpty();
  }

  @Test
  void methods_haveAtMost25Lines() {
    assertThat(repository.methods()).hasSizeGreaterThan(2000);
    assertThat(repository.methods())
        .filteredOn(method -> method.lines() > MAX_METHOD_LINES)
        .isEmpty();
  }

  @Test
  void method_isMeasuredFromItsSignatureToItsBrace(@TempDir Path folder) throws IOException {
    Path source = Files.writeString(folder.resolve("A.java"), SAMPLE);
    assertThat(SourceSizes.of(List.of(source)).methods())
        .extracting(method -> method.name() + " " + method.line() + " " + method.lines())
        .containsExactly(
            "lambda 2 3", "initializer 5 3", "<init> 8 1", "annotated 12 5", "run 13 3");
    assertThat(SourceSizes.of(List.of(source)).files().getFirst().lines()).isEqualTo(18);
  }

  private static final String SAMPLE =
      """
      class A {
        Runnable lambda = () -> {
          run();
        };
        static {
          run();
        }
        A() {}
        /** Not counted. */
        @Deprecated
        @SuppressWarnings("x")
        void annotated() {
          new Runnable() { public void run() {
            System.gc();
          }};
        }
        abstract void signature();
      }
      """;
}
