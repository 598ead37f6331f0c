package dev.leantea.bench.soak;

import java.io.IOException;
import java.util.List;

/**
 * Clients that do the same, round after round, each on a thread of its own.
 *
 * @param threads how many of them
 */
record Clients(String name, int threads, Round round) {
  private static final int BODY_BYTES = 1024 * 1024;
  private static final int MAX_ATTEMPTS = 20;
  private static final List<String> UPLOADS = List.of("/upload", "/upload/now", "/upload/stream");
  private static final String HEALTH = "GET /health HTTP/1.1\r\nHost: soak\r\n\r\n";

  /** No request, a part of one, no HTTP, requests whose responses nobody reads. */
  private static final List<String> BEGINNINGS =
      List.of("", HEALTH.substring(0, 20), "\0\1\2\r\n\r\n", HEALTH.repeat(3));

  static final List<Clients> ALL =
      List.of(
          new Clients("lock", 4, (kept, _, i) -> kept.get(either("/lock", i))),
          new Clients("log", 4, (kept, _, i) -> kept.get(either("/log", i))),
          new Clients("publish", 2, (kept, _, i) -> kept.get(either("/publish", i))),
          new Clients("wait", 8, (kept, _, i) -> kept.get(i % 8 == 0 ? "/wait/once" : "/wait")),
          new Clients("hold", 1, (kept, _, i) -> kept.get(i % 10 == 0 ? "/compute" : "/health")),
          new Clients("upload", 3, (_, port, i) -> upload(port, i)),
          new Clients("events", 2, (_, port, i) -> RawClient.to(port).subscribe().leave(odd(i))),
          new Clients("room", 2, (_, port, i) -> RawClient.to(port).join().leave(odd(i))),
          new Clients("connect", 2, (_, port, i) -> connect(RawClient.to(port), i)));

  /** What a client does. */
  interface Round {
    /**
     * The round of a number.
     *
     * @param kept a connection that lasts
     * @throws IOException when the server does not do what it should
     */
    void run(RawClient kept, int port, int number) throws IOException;
  }

  private static boolean odd(int number) {
    return number % 2 == 1;
  }

  private static String either(String blocking, int number) {
    return odd(number) ? blocking + "/now" : blocking;
  }

  /** Most break off. */
  private static void upload(int port, int number) throws IOException {
    String path = UPLOADS.get(number % UPLOADS.size());
    if (number % 4 == 0) {
      uploadWhole(path, port);
    } else {
      RawClient client = RawClient.to(port);
      client.post(path, BODY_BYTES, BODY_BYTES / 3);
      client.leave(true);
    }
  }

  /**
   * The server has memory for so many bodies, and may hold those of clients that have just left:
   * then its answer is 503, and a client tries again.
   */
  private static void uploadWhole(String path, int port) throws IOException {
    for (int i = 1; !isUploaded(path, port); i++) {
      if (i == MAX_ATTEMPTS) {
        throw new IOException(path + ": expected memory for a body, got 503 " + i + " times");
      }
    }
  }

  private static boolean isUploaded(String path, int port) throws IOException {
    try (RawClient client = RawClient.to(port)) {
      client.post(path, BODY_BYTES, BODY_BYTES);
      return client.begin("HTTP/1.1 (200|503)").contains("200");
    }
  }

  private static void connect(RawClient client, int number) throws IOException {
    client.send(BEGINNINGS.get(number % BEGINNINGS.size()));
    client.leave(odd(number / BEGINNINGS.size()));
  }
}
