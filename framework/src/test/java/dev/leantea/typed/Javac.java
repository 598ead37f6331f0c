package dev.leantea.typed;

import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * Compiles one source file, {@code Page.java}, as an application's build would.
 *
 * @param errors each as {@code line: message}
 * @param classes where the class files are
 */
record Javac(List<String> errors, Path classes) {
  /** With the annotation processor, found as javac finds it: by its service file. */
  static Javac withProcessor(Path output, String source) {
    return run(output, source, "-proc:full");
  }

  /** As javac does when nobody turns annotation processing on. */
  static Javac withoutProcessor(Path output, String source) {
    return run(output, source, "-proc:none");
  }

  private static Javac run(Path output, String source, String processing) {
    var diagnostics = new DiagnosticCollector<JavaFileObject>();
    var options =
        List.of(
            "-classpath",
            System.getProperty("java.class.path"),
            "-d",
            output.toString(),
            processing);
    ToolProvider.getSystemJavaCompiler()
        .getTask(null, null, diagnostics, options, null, List.of(new Source(source)))
        .call();
    var errors = new ArrayList<String>();
    for (Diagnostic<? extends JavaFileObject> each : diagnostics.getDiagnostics()) {
      if (each.getKind() == Diagnostic.Kind.ERROR) {
        errors.add(each.getLineNumber() + ": " + each.getMessage(Locale.ROOT));
      }
    }
    return new Javac(errors, output);
  }

  /** One of the compiled classes. */
  Class<?> load(String name) {
    try {
      URL[] urls = {classes.toUri().toURL()};
      return Class.forName(name, true, new URLClassLoader(urls, Javac.class.getClassLoader()));
    } catch (MalformedURLException | ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String text) {
      super(URI.create("string:///Page.java"), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}
