package dev.leantea.bench.serve;

import dev.leantea.http.Execution;
import dev.leantea.typed.Path;
import java.util.Optional;

/** The pages of the example application; {@link Answers} answers them. */
sealed interface Pages {
  /** The pages that exist whatever the command line says. */
  sealed interface Always extends Pages {}

  @Path("/")
  record Home() implements Always {}

  @Path(value = "/health", execution = Execution.NON_BLOCKING)
  record Health() implements Always {}

  @Path("/health/blocking")
  record HealthBlocking() implements Always {}

  @Path(value = "/json", execution = Execution.NON_BLOCKING)
  record Json() implements Always {}

  @Path("/json/blocking")
  record JsonBlocking() implements Always {}

  @Path(value = "/echo", execution = Execution.NON_BLOCKING)
  record Echo(Optional<String> msg) implements Always {}

  /** Its body is any bytes, not JSON, so the answer reads it. */
  @Path(value = "/echo", method = "POST")
  record EchoBody() implements Always {}

  @Path("/users/{id}")
  record User(long id) implements Always {
    public User {
      requireUpTo(Long.MAX_VALUE, "id", id);
    }
  }

  @Path("/sleep/{millis}")
  record Sleep(long millis) implements Always {
    private static final long MAX_MILLIS = 600_000;

    public Sleep {
      requireUpTo(MAX_MILLIS, "millis", millis);
    }
  }

  @Path("/ws")
  record Socket() implements Always {}

  @Path("/events")
  record Events() implements Always {}

  @Path(value = "/upload", method = "POST")
  record Upload() implements Always {}

  @Path("/download/{bytes}")
  record Download(long bytes) implements Always {
    private static final long MAX_BYTES = 1L << 40;

    public Download {
      requireUpTo(MAX_BYTES, "bytes", bytes);
    }
  }

  @Path("/openapi.json")
  record Description() implements Always {}

  /** Only with {@code --files}. */
  @Path("/files/{path...}")
  record File(String path) implements Pages {}

  private static void requireUpTo(long max, String name, long number) {
    if (number < 0 || number > max) {
      throw new IllegalArgumentException(name + ": expected 0 to " + max + ", got " + number);
    }
  }
}
