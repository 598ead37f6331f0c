package dev.leantea.files;

import dev.leantea.http.FileVersion;
import dev.leantea.http.MediaType;
import dev.leantea.http.Response;
import java.nio.file.Path;
import java.util.Arrays;

/** The content of a file, wherever it is. */
sealed interface Content {
  /** On a disk. */
  record OnDisk(Path file, FileVersion version) implements Content {
    @Override
    public Response part(int status, long from, long length) {
      return Response.file(status, file, from, length);
    }
  }

  /** In memory, of a file in a jar. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record InMemory(String name, byte[] bytes, FileVersion version) implements Content {
    @Override
    public Response part(int status, long from, long length) {
      boolean whole = length == bytes.length;
      byte[] part = whole ? bytes : Arrays.copyOfRange(bytes, (int) from, (int) (from + length));
      return Response.bytes(status, MediaType.ofFile(name), part)
          .header("X-Content-Type-Options", "nosniff");
    }
  }

  FileVersion version();

  /** A response with so many bytes of it, and its media type. */
  Response part(int status, long from, long length);
}
