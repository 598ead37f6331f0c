package dev.leantea.forms;

import dev.leantea.http.HttpException;
import dev.leantea.http.MemoryReservation;
import dev.leantea.http.Request;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.fileupload2.core.FileUploadException;
import org.apache.commons.fileupload2.core.MultipartInput;

/**
 * Reads {@code multipart/form-data} (RFC 7578) as it arrives. One thread, one form.
 *
 * <pre>
 *  request.stream() ─▶ LimitedBody ─▶ MultipartInput ─┬▶ header section ─▶ PartHead
 *                      total bytes    boundaries      └▶ content ─▶ Part: memory, or a file
 * </pre>
 *
 * <p>Of Commons FileUpload only the search for boundaries is used. Its iterator over parts passes
 * over parts without a name, takes a body without the boundary for an empty form, fails on
 * malformed headers with unchecked exceptions, and changes names.
 */
final class MultipartReader {
  private static final byte[] CRLF = {'\r', '\n'};
  private static final byte[] END_OF_HEADERS = {'\r', '\n', '\r', '\n'};
  private static final int BUFFER_BYTES = 16 * 1024;

  /** RFC 2046 §5.1.1. */
  private static final int MAX_BOUNDARY_CHARACTERS = 70;

  /** Maximum bytes behind the last boundary that are read to keep the connection. */
  private static final int MAX_EPILOGUE_BYTES = 8 * 1024;

  private final FormLimits limits;
  private final LimitedBody body;
  private final MultipartInput input;
  private final List<Part> parts = new ArrayList<>();
  private final PartMemory memory;

  private MultipartReader(
      String boundary, InputStream stream, MemoryReservation reservation, FormLimits limits)
      throws IOException {
    this.limits = limits;
    this.memory = new PartMemory(reservation, limits.totalInMemory());
    this.body = new LimitedBody(stream, limits.total());
    // A line end before the first boundary makes it one like all others.
    this.input =
        MultipartInput.builder()
            .setInputStream(new SequenceInputStream(new ByteArrayInputStream(CRLF), body))
            .setBufferSize(BUFFER_BYTES)
            .setBoundary(boundary.getBytes(StandardCharsets.ISO_8859_1))
            .get();
  }

  static Form read(Request request, FormLimits limits) throws IOException {
    String boundary = request.mediaType().parameter("boundary");
    if (boundary.isEmpty() || boundary.length() > MAX_BOUNDARY_CHARACTERS) {
      throw Forms.malformed(
          "expected a boundary of 1 to "
              + MAX_BOUNDARY_CHARACTERS
              + " characters in Content-Type, got "
              + boundary.length());
    }
    requireFits(request, limits);
    return read(boundary, request.stream(), request.reserveMemory(), limits);
  }

  static Form read(
      String boundary, InputStream stream, MemoryReservation reservation, FormLimits limits)
      throws IOException {
    var reader = new MultipartReader(boundary, stream, reservation, limits);
    try {
      reader.readAll();
      return new Form(reader.parts, reservation);
    } catch (Throwable e) {
      discard(new Form(reader.parts, reservation), e);
      reader.body.requireRead(); // the connection failed, whatever came of it
      throw e;
    }
  }

  /** Refuses a body that is announced to be too large before it is read. */
  private static void requireFits(Request request, FormLimits limits) {
    boolean tooLarge =
        request
            .header("Content-Length")
            .filter(length -> length.matches("\\d{1,18}"))
            .filter(length -> Long.parseLong(length) > limits.total())
            .isPresent();
    if (tooLarge) {
      throw Forms.tooLarge("expected at most " + limits.total() + " bytes");
    }
  }

  private static void discard(Form form, Throwable cause) {
    try {
      form.close();
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }

  private void readAll() throws IOException {
    boolean more = skipToBoundary();
    while (more) {
      Forms.requireRoom(parts.size(), limits);
      PartHead head = head();
      String where = where() + " " + head;
      parts.add(part(head));
      more = readBoundary(where);
    }
    body.readNBytes(MAX_EPILOGUE_BYTES); // a body read to its end keeps the connection
  }

  private boolean skipToBoundary() throws IOException {
    try {
      input.discardBodyData();
    } catch (FileUploadException e) {
      throw malformed("expected the boundary that Content-Type names, it is not in the body", e);
    }
    return readBoundary("first boundary");
  }

  /** Reads what follows a boundary: a part, or the end of the form. */
  private boolean readBoundary(String where) throws IOException {
    try {
      return input.readBoundary();
    } catch (FileUploadException e) {
      throw malformed(where + ": expected the boundary with CRLF or -- after it", e);
    }
  }

  /** For messages. Parts count from 1. */
  private String where() {
    return "part " + (parts.size() + 1);
  }

  private static HttpException malformed(String message, Exception cause) {
    return new HttpException(400, "form: " + message, cause);
  }

  private PartHead head() throws IOException {
    try {
      return PartHead.parse(headerSection());
    } catch (IllegalArgumentException e) {
      throw malformed(where() + ": " + e.getMessage(), e);
    }
  }

  /** The header lines with their line ends, without the empty line behind them. */
  private String headerSection() throws IOException {
    var section = new ByteArrayOutputStream(256);
    int matched = 2; // a boundary's CRLF is behind us: an empty line may follow at once
    while (matched < END_OF_HEADERS.length) {
      if (section.size() == limits.partHeaders()) {
        throw Forms.tooLarge(
            where() + ": expected header lines of at most " + limits.partHeaders() + " bytes");
      }
      byte b = nextByte();
      if (b == '\n' && matched % 2 == 0) {
        throw Forms.malformed(where() + ": expected CRLF behind each header line, got a bare LF");
      }
      matched = b == END_OF_HEADERS[matched] ? matched + 1 : b == '\r' ? 1 : 0;
      section.write(b);
    }
    memory.addHead(section.size());
    String text = section.toString(StandardCharsets.UTF_8);
    return text.substring(0, text.length() - CRLF.length);
  }

  private byte nextByte() throws IOException {
    try {
      return input.readByte();
    } catch (IOException e) {
      throw malformed(where() + ": expected header lines and an empty line, the body ended", e);
    }
  }

  private Part part(PartHead head) throws IOException {
    try {
      return head.isFile() ? file(head) : field(head);
    } catch (FileUploadException e) {
      throw malformed(
          "%s %s: expected the boundary after its content, the body ended".formatted(where(), head),
          e);
    }
  }

  private Part field(PartHead head) throws IOException {
    InputStream in = input.newInputStream();
    int max = memory.room(limits.field());
    byte[] content = memory.read(in, max);
    if (in.read() >= 0) {
      throw Forms.tooLarge(
          max == limits.field()
              ? where() + " " + head + ": expected at most " + max + " bytes"
              : "expected fields of at most " + limits.totalInMemory() + " bytes together");
    }
    return inMemory(head, content);
  }

  private Part inMemory(PartHead head, byte[] content) {
    memory.keep(content);
    return Part.inMemory(head.name(), head.fileName(), head.mediaType(), content);
  }

  private Part file(PartHead head) throws IOException {
    InputStream in = input.newInputStream();
    byte[] start = memory.read(in, memory.room(limits.inMemory()));
    int next = in.read();
    return next < 0 ? inMemory(head, start) : inFile(head, start, next, in);
  }

  private Part inFile(PartHead head, byte[] start, int next, InputStream in) throws IOException {
    Path file = Files.createTempFile(limits.directory(), "leantea-", ".part");
    try (OutputStream out = Files.newOutputStream(file)) {
      out.write(start);
      out.write(next);
      long size = start.length + 1 + in.transferTo(out);
      memory.discard();
      return Part.inFile(head.name(), head.fileName(), head.mediaType(), file, size);
    } catch (Throwable e) {
      Files.deleteIfExists(file);
      throw e;
    }
  }
}
