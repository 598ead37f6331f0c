package dev.leantea.bench.harness;

import dev.leantea.bench.database.Fortune;
import dev.leantea.bench.database.World;
import dev.leantea.bench.harness.report.ResultFile;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;

/**
 * Compares what a server answers on the database routes with what the database has. One thread.
 *
 * @param url of the database
 * @param upstream what the upstream answers
 */
record DatabaseCheck(String url, String upstream) implements LoadRun.AnswerCheck {
  private static final Pattern ROW = Pattern.compile("<tr><td>(\\d+)</td><td>(.*?)</td></tr>");

  @Override
  public String check(int port, String route) {
    HttpResponse<String> answer = get(port, route);
    if (answer.statusCode() != 200) {
      return "status " + answer.statusCode();
    }
    String body = answer.body();
    try (Connection connection = DriverManager.getConnection(url)) {
      switch (route.replaceFirst("\\?.*", "")) {
        case "/db" -> requireStored(connection, read(body, World.class));
        case "/queries", "/updates" -> {
          World[] worlds = read(body, World[].class);
          requireEqual(worlds.length, Integer.parseInt(route.replaceFirst(".*=", "")));
          requireStored(connection, worlds);
        }
        case "/fortunes" -> requireEqual(rows(body), fortunes(connection));
        case "/upstream" -> requireEqual(body, upstream);
        default -> throw new BenchException("expected a route of the database, got " + route);
      }
    } catch (SQLException e) {
      throw new BenchException("the database: " + e.getMessage(), e);
    }
    return "";
  }

  private static HttpResponse<String> get(int port, String route) {
    var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + route));
    try (var client = HttpClient.newHttpClient()) {
      return client.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new BenchException("expected an answer, got " + e.getMessage(), e);
    } catch (InterruptedException e) {
      throw BenchException.interrupted(e);
    }
  }

  private static <T> T read(String json, Class<T> type) {
    try {
      return ResultFile.MAPPER.readValue(json, type);
    } catch (JacksonException e) {
      throw new BenchException("expected rows of world in JSON, got " + json, e);
    }
  }

  /** What was answered is what the database has; for an update, afterwards. */
  private static void requireStored(Connection connection, World... worlds) throws SQLException {
    Map<Integer, Integer> answered = new HashMap<>();
    for (World world : worlds) {
      answered.put(world.id(), world.randomNumber());
    }
    String ids = answered.keySet().stream().map(String::valueOf).collect(Collectors.joining(","));
    Map<Integer, Integer> stored = new HashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT id, randomnumber FROM world WHERE id IN (" + ids + ")")) {
      while (row.next()) {
        stored.put(row.getInt(1), row.getInt(2));
      }
    }
    requireEqual(answered, stored);
  }

  private static List<Fortune> rows(String page) {
    return ROW.matcher(page)
        .results()
        .map(row -> new Fortune(Integer.parseInt(row.group(1)), unescaped(row.group(2))))
        .toList();
  }

  private static String unescaped(String html) {
    return html.replaceAll("&#0?39;|&apos;", "'")
        .replaceAll("&quot;|&#34;", "\"")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&");
  }

  private static List<Fortune> fortunes(Connection connection) throws SQLException {
    Stream.Builder<Fortune> fortunes = Stream.builder();
    fortunes.add(new Fortune(0, "Additional fortune added at request time."));
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT id, message FROM fortune")) {
      while (row.next()) {
        fortunes.add(new Fortune(row.getInt(1), row.getString(2)));
      }
    }
    return fortunes.build().sorted(Comparator.comparing(Fortune::message)).toList();
  }

  private static void requireEqual(Object answered, Object expected) {
    if (!answered.equals(expected)) {
      throw new BenchException("expected " + expected + ", got " + answered);
    }
  }
}
