package com.example;

import dev.leantea.backend.Backends;
import dev.leantea.backend.ServerConfig;
import dev.leantea.http.Response;
import dev.leantea.routing.Router;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;

/** Serves one route, asks for it, and prints the backend and the answer. */
public class Main {
  public static void main(String[] arguments) throws Exception {
    var routes =
        Router.builder()
            .get("/hello/{name}", it -> Response.jsonObj(200, Map.of("hello", it.path("name"))))
            .build();
    var backend = Backends.fromEnv();
    try (var server = backend.serve(ServerConfig.of(0).withHost("127.0.0.1"), routes);
        var client = HttpClient.newHttpClient()) {
      var uri = URI.create("http://127.0.0.1:" + server.port() + "/hello/consumer");
      var answer = client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
      System.out.println(backend.name() + " " + answer.statusCode() + " " + answer.body());
    }
  }
}
