package dev.leantea.conformance;

import java.io.IOException;
import java.io.InputStream;

/** Defines a class once more: an initializer runs once for each class loader. */
public final class FreshClass extends ClassLoader {
  private FreshClass(ClassLoader parent) {
    super(parent);
  }

  /**
   * Initializes a new copy of a class.
   *
   * @param original has a public static field ANSWER, and nothing in it that its package hides
   * @return the value of the copy's field
   */
  public static String answer(Class<?> original) throws ReflectiveOperationException, IOException {
    return new FreshClass(original.getClassLoader()).answer(original.getName());
  }

  private String answer(String name) throws ReflectiveOperationException, IOException {
    try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
      byte[] bytes = in.readAllBytes();
      return (String) defineClass(name, bytes, 0, bytes.length).getField("ANSWER").get(null);
    }
  }
}
