package dev.leantea.forms;

import java.nio.file.Path;
import java.util.List;

/**
 * What a form may hold. Whatever exceeds a limit is answered with 413, and the message names the
 * limit.
 *
 * <table>
 * <caption>Limits of a form and their defaults</caption>
 * <tr><td>{@code total}</td><td>64 MiB</td><td>maximum bytes of the whole body; a urlencoded form
 *     is read with {@link dev.leantea.http.Request#bytes}, so the server's limit for a body in
 *     memory holds as well</td></tr>
 * <tr><td>{@code parts}</td><td>1000</td><td>maximum number of fields and files</td></tr>
 * <tr><td>{@code partHeaders}</td><td>8 KiB</td><td>maximum bytes of one part's header section; its
 *     name and file name are in it</td></tr>
 * <tr><td>{@code field}</td><td>1 MiB</td><td>maximum bytes of a field that is not a file</td></tr>
 * <tr><td>{@code inMemory}</td><td>64 KiB</td><td>maximum bytes of a file that is held in memory; a
 *     larger one is written to a temporary file</td></tr>
 * <tr><td>{@code totalInMemory}</td><td>8 MiB</td><td>maximum bytes of all fields and files of a
 *     multipart form that are held in memory; beyond it each file is written to a temporary file,
 *     and a field is refused</td></tr>
 * <tr><td>{@code directory}</td><td>the system's</td><td>where temporary files are made</td></tr>
 * </table>
 *
 * <p>Immutable; any thread.
 */
public final class FormLimits {
  private static final int KIB = 1024;
  private static final int MIB = 1024 * KIB;

  /** The limits of the table above. */
  public static final FormLimits DEFAULTS = builder().build();

  private final long total;
  private final int parts;
  private final int partHeaders;
  private final int field;
  private final int inMemory;
  private final long totalInMemory;
  private final Path directory;

  private FormLimits(Builder builder) {
    this.total = require("total", builder.total);
    this.parts = require("parts", builder.parts);
    this.partHeaders = require("partHeaders", builder.partHeaders);
    this.field = require("field", builder.field);
    this.inMemory = require("inMemory", builder.inMemory);
    this.totalInMemory = require("totalInMemory", builder.totalInMemory);
    this.directory = builder.directory;
  }

  private static int require(String name, int value) {
    return Math.toIntExact(require(name, (long) value));
  }

  private static long require(String name, long value) {
    if (value < 0) {
      throw new IllegalArgumentException(
          "form limit " + name + ": expected 0 or more, got " + value);
    }
    return value;
  }

  /** A builder that begins with the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** A builder that begins with these limits. */
  public Builder toBuilder() {
    return new Builder()
        .total(total)
        .parts(parts)
        .partHeaders(partHeaders)
        .field(field)
        .inMemory(inMemory)
        .totalInMemory(totalInMemory)
        .directory(directory);
  }

  /** Maximum bytes of the whole body. */
  public long total() {
    return total;
  }

  /** Maximum number of fields and files. */
  public int parts() {
    return parts;
  }

  /** Maximum bytes of one part's header section. */
  public int partHeaders() {
    return partHeaders;
  }

  /** Maximum bytes of a field that is not a file. */
  public int field() {
    return field;
  }

  /** Maximum bytes of a file that is held in memory. */
  public int inMemory() {
    return inMemory;
  }

  /** Maximum bytes of a multipart form that are held in memory. */
  public long totalInMemory() {
    return totalInMemory;
  }

  /** Where temporary files are made. */
  public Path directory() {
    return directory;
  }

  /** These limits with another {@link #total}. */
  public FormLimits withTotal(long bytes) {
    return toBuilder().total(bytes).build();
  }

  /** These limits with another number of {@link #parts}. */
  public FormLimits withParts(int count) {
    return toBuilder().parts(count).build();
  }

  /** These limits with another limit for {@link #partHeaders}. */
  public FormLimits withPartHeaders(int bytes) {
    return toBuilder().partHeaders(bytes).build();
  }

  /** These limits with another limit for a {@link #field}. */
  public FormLimits withField(int bytes) {
    return toBuilder().field(bytes).build();
  }

  /** These limits with another limit for a file {@link #inMemory}. */
  public FormLimits withInMemory(int bytes) {
    return toBuilder().inMemory(bytes).build();
  }

  /** These limits with another limit for {@link #totalInMemory}. */
  public FormLimits withTotalInMemory(long bytes) {
    return toBuilder().totalInMemory(bytes).build();
  }

  /** These limits with another {@link #directory} for temporary files. */
  public FormLimits withDirectory(Path folder) {
    return toBuilder().directory(folder).build();
  }

  private List<Object> values() {
    return List.of(total, parts, partHeaders, field, inMemory, totalInMemory, directory);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FormLimits limits && values().equals(limits.values());
  }

  @Override
  public int hashCode() {
    return values().hashCode();
  }

  @Override
  public String toString() {
    return "FormLimits" + values();
  }

  /** Collects limits; see {@link FormLimits} for what each means. One thread. */
  public static final class Builder {
    private long total = 64L * MIB;
    private int parts = 1000;
    private int partHeaders = 8 * KIB;
    private int field = MIB;
    private int inMemory = 64 * KIB;
    private long totalInMemory = 8L * MIB;
    private Path directory = Path.of(System.getProperty("java.io.tmpdir"));

    private Builder() {}

    /** Maximum bytes of the whole body. */
    public Builder total(long bytes) {
      total = bytes;
      return this;
    }

    /** Maximum number of fields and files. */
    public Builder parts(int count) {
      parts = count;
      return this;
    }

    /** Maximum bytes of one part's header section. */
    public Builder partHeaders(int bytes) {
      partHeaders = bytes;
      return this;
    }

    /** Maximum bytes of a field that is not a file. */
    public Builder field(int bytes) {
      field = bytes;
      return this;
    }

    /** Maximum bytes of a file that is held in memory. */
    public Builder inMemory(int bytes) {
      inMemory = bytes;
      return this;
    }

    /** Maximum bytes of a multipart form that are held in memory. */
    public Builder totalInMemory(long bytes) {
      totalInMemory = bytes;
      return this;
    }

    /** Where temporary files are made. */
    public Builder directory(Path folder) {
      directory = folder;
      return this;
    }

    /**
     * The limits.
     *
     * @throws IllegalArgumentException for a negative limit
     */
    public FormLimits build() {
      return new FormLimits(this);
    }
  }
}
