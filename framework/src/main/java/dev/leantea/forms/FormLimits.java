package dev.leantea.forms;

import java.nio.file.Path;

/**
 * What a form may hold; more is answered with 413.
 *
 * @param total octets of a whole multipart body; an urlencoded one is held in memory and has the
 *     server's limit for that as well
 * @param parts number of fields and files
 * @param field octets of a field that is no file
 * @param inMemory octets of a file that stay in memory; a larger one goes to a temporary file
 * @param directory where temporary files are made
 */
public record FormLimits(long total, int parts, int field, int inMemory, Path directory) {
  private static final int MIB = 1024 * 1024;

  /** 64 MiB in all, 1000 parts, 1 MiB a field, 64 KiB in memory, the system's temporary folder. */
  public static final FormLimits DEFAULTS =
      new FormLimits(
          64L * MIB, 1000, MIB, 64 * 1024, Path.of(System.getProperty("java.io.tmpdir")));

  public FormLimits {
    if (total < 0 || parts < 0 || field < 0 || inMemory < 0) {
      throw new IllegalArgumentException(
          "form limits: expected 0 or more, got total %d, parts %d, field %d, inMemory %d"
              .formatted(total, parts, field, inMemory));
    }
  }

  public FormLimits withTotal(long octets) {
    return new FormLimits(octets, parts, field, inMemory, directory);
  }

  public FormLimits withParts(int most) {
    return new FormLimits(total, most, field, inMemory, directory);
  }

  public FormLimits withField(int octets) {
    return new FormLimits(total, parts, octets, inMemory, directory);
  }

  public FormLimits withInMemory(int octets) {
    return new FormLimits(total, parts, field, octets, directory);
  }

  public FormLimits withDirectory(Path folder) {
    return new FormLimits(total, parts, field, inMemory, folder);
  }
}
