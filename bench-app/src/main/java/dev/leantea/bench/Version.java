package dev.leantea.bench;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** The version of this build, which Maven writes into the manifest of the runnable jar. */
public final class Version implements IVersionProvider {
  private static final String NO_JAR = "development";

  /** Such as {@code 0.1.0}; {@code development} when it does not run from the jar. */
  public static String text() {
    String version = Version.class.getPackage().getImplementationVersion();
    return Objects.requireNonNullElse(version, NO_JAR);
  }

  @Override
  public String[] getVersion() {
    return new String[] {"LeanTea " + text()};
  }
}
