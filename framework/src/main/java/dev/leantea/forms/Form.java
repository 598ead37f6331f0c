package dev.leantea.forms;

import dev.leantea.http.MemoryReservation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A form that was read. Closing it deletes its temporary files, and gives back what its parts
 * reserved of {@link dev.leantea.http.Limits#bodiesInMemory}. One thread.
 *
 * <pre>{@code
 * try (Form form = Forms.read(request)) {
 *   String title = form.first("title").orElse("");
 *   form.file("picture").ifPresent(picture -> …);
 * }
 * }</pre>
 */
public final class Form implements AutoCloseable {
  private final List<Part> parts;
  private final MemoryReservation memory;

  Form(List<Part> parts, MemoryReservation memory) {
    this.parts = List.copyOf(parts);
    this.memory = memory;
  }

  /** All fields and files, in order. */
  public List<Part> parts() {
    return parts;
  }

  /**
   * The text of the first field of this name that is not a file.
   *
   * @throws IOException when it lies in a temporary file that cannot be read
   */
  public Optional<String> first(String name) throws IOException {
    List<String> values = all(name);
    return values.isEmpty() ? Optional.empty() : Optional.of(values.getFirst());
  }

  /** The texts of all fields of this name that are not files, in order. */
  public List<String> all(String name) throws IOException {
    var values = new ArrayList<String>();
    for (Part part : parts) {
      if (part.name().equals(name) && part.fileName().isEmpty()) {
        values.add(part.text());
      }
    }
    return List.copyOf(values);
  }

  /** The first file of this name. */
  public Optional<Part> file(String name) {
    return files(name).stream().findFirst();
  }

  /** All files of this name, in order. */
  public List<Part> files(String name) {
    return parts.stream()
        .filter(part -> part.name().equals(name) && part.fileName().isPresent())
        .toList();
  }

  /** Deletes the temporary files. Each is tried; the first failure is thrown. */
  @Override
  public void close() throws IOException {
    memory.close();
    IOException failure = null;
    for (Part part : parts) {
      try {
        part.delete();
      } catch (IOException e) {
        if (failure == null) {
          failure = e;
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
