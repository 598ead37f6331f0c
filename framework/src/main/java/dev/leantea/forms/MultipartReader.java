package dev.leantea.forms;

import dev.leantea.http.HttpException;
import dev.leantea.http.MediaType;
import dev.leantea.http.Request;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.fileupload2.core.AbstractFileUpload;
import org.apache.commons.fileupload2.core.DiskFileItem;
import org.apache.commons.fileupload2.core.DiskFileItemFactory;
import org.apache.commons.fileupload2.core.FileItemInput;
import org.apache.commons.fileupload2.core.FileItemInputIterator;
import org.apache.commons.fileupload2.core.FileUploadException;
import org.apache.commons.fileupload2.core.FileUploadSizeException;
import org.apache.commons.fileupload2.core.RequestContext;

/**
 * Reads {@code multipart/form-data} (RFC 7578) as it arrives. Commons FileUpload takes the parts
 * apart; where they go, and how much of them, is decided here. One thread, one form.
 */
final class MultipartReader {
  /** What may follow the last boundary (RFC 2046 §5.1.1); usually a line end. */
  private static final int MOST_EPILOGUE_OCTETS = 8 * 1024;

  private final FormLimits limits;
  private final List<Part> parts = new ArrayList<>();

  private MultipartReader(FormLimits limits) {
    this.limits = limits;
  }

  static Form read(Request request, FormLimits limits) throws IOException {
    var reader = new MultipartReader(limits);
    try {
      reader.readAll(request);
      return new Form(reader.parts);
    } catch (Throwable e) {
      new Form(reader.parts).close(); // deletes what there is
      throw translate(e, limits);
    }
  }

  private static RuntimeException translate(Throwable e, FormLimits limits) throws IOException {
    return switch (e) {
      case FileUploadSizeException _ -> Forms.tooLarge("at most " + limits.total() + " bytes");
      case FileUploadException malformed when !isOfTheConnection(malformed) ->
          new HttpException(400, "form: malformed multipart/form-data", malformed);
      case IOException io when io.getCause() instanceof FileUploadSizeException ->
          Forms.tooLarge("at most " + limits.total() + " bytes");
      case IOException io -> throw io;
      case RuntimeException runtime -> runtime;
      case Error error -> throw error;
      default -> new IllegalStateException("form: expected no such exception", e);
    };
  }

  /** FileUpload wraps what reading the request's body throws. */
  private static boolean isOfTheConnection(FileUploadException e) {
    Throwable cause = e.getCause();
    return cause instanceof IOException && !(cause instanceof FileUploadException);
  }

  private void readAll(Request request) throws IOException {
    InputStream body = request.stream();
    FileItemInputIterator items = new Upload(limits).getItemIterator(new Context(request, body));
    while (items.hasNext()) {
      Forms.requireRoom(parts.size(), limits);
      readPart(items.next());
    }
    body.readNBytes(MOST_EPILOGUE_OCTETS); // a body read to its end keeps the connection
  }

  private void readPart(FileItemInput item) throws IOException {
    try (InputStream in = item.getInputStream()) {
      Optional<String> fileName = fileName(item);
      int most = fileName.isEmpty() ? limits.field() : limits.inMemory();
      byte[] start = in.readNBytes(most);
      int next = in.read();
      if (next < 0) {
        parts.add(Part.inMemory(name(item), fileName, mediaType(item), start));
      } else if (fileName.isEmpty()) {
        throw Forms.tooLarge("fields of at most " + most + " bytes");
      } else {
        readToFile(item, fileName, start, next, in);
      }
    }
  }

  private void readToFile(
      FileItemInput item, Optional<String> fileName, byte[] start, int next, InputStream in)
      throws IOException {
    Path file = Files.createTempFile(limits.directory(), "leantea-", ".part");
    try (OutputStream out = Files.newOutputStream(file)) {
      out.write(start);
      out.write(next);
      long rest = in.transferTo(out);
      parts.add(Part.inFile(name(item), fileName, mediaType(item), file, start.length + 1 + rest));
    } catch (Throwable e) {
      Files.deleteIfExists(file);
      throw e;
    }
  }

  /** The last part of a path: some clients send the folders too. */
  private static Optional<String> fileName(FileItemInput item) {
    return Optional.ofNullable(item.getName())
        .map(name -> name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1));
  }

  private static String name(FileItemInput item) {
    return Optional.ofNullable(item.getFieldName())
        .orElseThrow(() -> new HttpException(400, "form: expected a name for each part"));
  }

  private static MediaType mediaType(FileItemInput item) {
    try {
      return Optional.ofNullable(item.getContentType())
          .map(MediaType::new)
          .orElse(item.isFormField() ? MediaType.TEXT : MediaType.OCTET_STREAM);
    } catch (IllegalArgumentException e) {
      throw new HttpException(400, "form: " + e.getMessage(), e);
    }
  }

  /** What FileUpload asks of a request. */
  private record Context(Request request, InputStream body) implements RequestContext {
    @Override
    public String getCharacterEncoding() {
      return StandardCharsets.UTF_8.name();
    }

    @Override
    public long getContentLength() {
      return request.header("Content-Length").map(Long::parseLong).orElse(-1L);
    }

    @Override
    public String getContentType() {
      return request.mediaType().value();
    }

    @Override
    public InputStream getInputStream() {
      return body;
    }

    @Override
    public boolean isMultipartRelated() {
      return false;
    }
  }

  /** FileUpload for requests of ours; only its iterator is used. */
  private static final class Upload
      extends AbstractFileUpload<Request, DiskFileItem, DiskFileItemFactory> {
    Upload(FormLimits limits) {
      setMaxSize(limits.total());
      setHeaderCharset(StandardCharsets.UTF_8);
    }

    @Override
    public FileItemInputIterator getItemIterator(Request request) throws IOException {
      return getItemIterator(new Context(request, request.stream()));
    }

    @Override
    public Map<String, List<DiskFileItem>> parseParameterMap(Request request) {
      throw new UnsupportedOperationException("form: expected a call of the iterator");
    }

    @Override
    public List<DiskFileItem> parseRequest(Request request) {
      throw new UnsupportedOperationException("form: expected a call of the iterator");
    }
  }
}
