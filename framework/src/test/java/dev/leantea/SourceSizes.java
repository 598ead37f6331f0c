package dev.leantea;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Measures source files with the JDK's own parser.
 *
 * <p>A method reaches from the first line of its signature to its closing brace: annotations and
 * Javadoc before it are not counted, blank lines and comments within it are. What is nested in it
 * (lambdas, switches, anonymous and local classes) counts with it; the methods of an anonymous or
 * local class count by themselves too. Constructors and initializer blocks are methods, and so is a
 * lambda with a block outside of any method. A method without a body is only a signature and is not
 * measured.
 */
final class SourceSizes {
  /** A file and its number of lines. */
  record SourceFile(Path path, long lines) {}

  /**
   * One method of a file.
   *
   * @param line its first, counted from 1
   * @param lines how many
   */
  record Method(Path path, String name, long line, long lines) {
    @Override
    public String toString() {
      return "%s:%d %s: %d lines".formatted(path, line, name, lines);
    }
  }

  private final List<SourceFile> files = new ArrayList<>();
  private final List<Method> methods = new ArrayList<>();

  private SourceSizes() {}

  /** Measures the given files; a file that cannot be parsed fails. */
  static SourceSizes of(List<Path> sources) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    var sizes = new SourceSizes();
    try (StandardJavaFileManager manager =
        compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
      var task =
          (JavacTask)
              compiler.getTask(
                  null,
                  manager,
                  null,
                  List.of("-proc:none"),
                  null,
                  manager.getJavaFileObjectsFromPaths(sources));
      SourcePositions positions = Trees.instance(task).getSourcePositions();
      for (CompilationUnitTree unit : task.parse()) {
        sizes.measure(unit, positions);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the sources", e);
    }
    return sizes;
  }

  List<SourceFile> files() {
    return files;
  }

  List<Method> methods() {
    return methods;
  }

  private void measure(CompilationUnitTree unit, SourcePositions positions) throws IOException {
    Path path = Path.of(unit.getSourceFile().toUri());
    String text = unit.getSourceFile().getCharContent(false).toString();
    files.add(new SourceFile(path, text.lines().count()));
    new Scanner(path, text, unit, positions).scan(unit, null);
  }

  private final class Scanner extends TreePathScanner<Void, Void> {
    private final Path path;
    private final String text;
    private final CompilationUnitTree unit;
    private final SourcePositions positions;

    Scanner(Path path, String text, CompilationUnitTree unit, SourcePositions positions) {
      this.path = path;
      this.text = text;
      this.unit = unit;
      this.positions = positions;
    }

    @Override
    public Void visitMethod(MethodTree method, Void unused) {
      // A record's implicit constructor has no place in the source.
      if (method.getBody() != null && end(method) >= 0) {
        add(method.getName().toString(), signature(method), end(method));
      }
      return super.visitMethod(method, null);
    }

    @Override
    public Void visitBlock(BlockTree block, Void unused) {
      if (getCurrentPath().getParentPath().getLeaf() instanceof ClassTree) {
        add("initializer", start(block), end(block));
      }
      return super.visitBlock(block, null);
    }

    @Override
    public Void visitLambdaExpression(LambdaExpressionTree lambda, Void unused) {
      if (lambda.getBodyKind() == LambdaExpressionTree.BodyKind.STATEMENT && !isInMethod()) {
        add("lambda", start(lambda), end(lambda));
      }
      return super.visitLambdaExpression(lambda, null);
    }

    private boolean isInMethod() {
      for (Tree tree : getCurrentPath()) {
        if (tree instanceof MethodTree) {
          return true;
        }
      }
      return false;
    }

    /** Where the signature starts: behind the annotations that stand before it. */
    private long signature(MethodTree method) {
      ModifiersTree modifiers = method.getModifiers();
      long start = start(method);
      for (Tree annotation : modifiers.getAnnotations()) {
        if (start(annotation) == start) {
          start = skipSpace(end(annotation));
        }
      }
      return start;
    }

    private long skipSpace(long at) {
      int next = (int) at;
      while (Character.isWhitespace(text.charAt(next))) {
        next++;
      }
      return next;
    }

    private void add(String name, long start, long end) {
      long first = unit.getLineMap().getLineNumber(start);
      long last = unit.getLineMap().getLineNumber(end - 1);
      methods.add(new Method(path, name, first, last - first + 1));
    }

    private long start(Tree tree) {
      return positions.getStartPosition(unit, tree);
    }

    private long end(Tree tree) {
      return positions.getEndPosition(unit, tree);
    }
  }
}
