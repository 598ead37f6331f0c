package dev.leantea.bench.harness.container;

import java.net.URL;
import java.net.URLClassLoader;

/** Defines our classes that use the library next to it; all others come from the parent first. */
final class NestedLoader extends URLClassLoader {
  private static final String OURS = "dev.leantea.bench.harness.container.docker.";

  NestedLoader(URL[] urls, ClassLoader parent) {
    super("containers", urls, parent);
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.startsWith(OURS)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      return loaded == null ? findClass(name) : loaded;
    }
  }
}
