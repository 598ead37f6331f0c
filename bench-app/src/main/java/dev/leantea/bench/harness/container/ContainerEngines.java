package dev.leantea.bench.harness.container;

import dev.leantea.bench.harness.server.JavaCommand;
import dev.leantea.bench.harness.server.NestedJars;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Loads the library that drives containers.
 *
 * <p>It has five times as many classes as the server; in the runnable jar they would make every
 * start of a server slower by a tenth of a second, since a JVM reads the list of a jar's files. So
 * the jar holds the library's own jars as they are, and they are unpacked only here.
 */
public final class ContainerEngines {
  private static final String NESTED = "containers";
  private static final String ENGINE = "dev.leantea.bench.harness.container.docker.DockerEngine";

  private ContainerEngines() {}

  /** The engine of this machine; whether it answers is another question. */
  public static ContainerEngine load(Path folder) {
    Path code = JavaCommand.codeSource();
    ClassLoader own = ContainerEngines.class.getClassLoader();
    if (!JavaCommand.fromJar()) {
      return engine(own); // from a folder of classes the library is on the class path
    }
    ClassLoader loader = new NestedLoader(urls(code, NestedJars.unpack(NESTED, folder)), own);
    Thread.currentThread().setContextClassLoader(loader); // the library looks for its services
    return engine(loader);
  }

  private static ContainerEngine engine(ClassLoader loader) {
    try {
      Class<?> type = Class.forName(ENGINE, true, loader);
      return (ContainerEngine) type.getConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("expected " + ENGINE + " in this program", e);
    }
  }

  private static URL[] urls(Path code, List<Path> jars) {
    List<Path> all = new ArrayList<>(jars);
    all.add(code);
    return all.stream().map(ContainerEngines::url).toArray(URL[]::new);
  }

  private static URL url(Path path) {
    try {
      return path.toUri().toURL();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
