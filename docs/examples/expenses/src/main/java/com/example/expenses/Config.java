package com.example.expenses;

import dev.leantea.backend.Listener;
import dev.leantea.backend.ServerConfig;
import dev.leantea.net.Network;
import dev.leantea.security.Cors;
import dev.leantea.security.Forwarded;
import dev.leantea.session.SessionKeys;
import dev.leantea.tls.Tls;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** What the environment says; README.md has a table of it. */
record Config(Map<String, String> environment) {
  String databaseUrl() {
    return value("DATABASE_URL", "jdbc:postgresql://localhost/expenses?user=expenses");
  }

  int databaseConnections() {
    return number("DATABASE_CONNECTIONS", 10);
  }

  /** A port for HTTP; if there is a certificate, another one for HTTPS. */
  ServerConfig server() {
    String host = value("HOST", "127.0.0.1");
    var plain = ServerConfig.of(number("PORT", 8080)).withHost(host);
    String certificate = value("TLS_CERT", "");
    if (certificate.isEmpty()) {
      return plain;
    }
    var tls = Tls.pem(Path.of(certificate), Path.of(value("TLS_KEY", "")));
    return plain.withListener(Listener.https(number("TLS_PORT", 8443), tls).withHost(host));
  }

  SessionKeys sessionKeys() {
    String keys = value("SESSION_KEYS", "");
    return keys.isEmpty() ? SessionKeys.random() : SessionKeys.parse(keys);
  }

  /** Believes proxies in TRUSTED_PROXIES, and nobody if there are none. */
  Forwarded forwarded() {
    return Forwarded.xForwarded(
            list("TRUSTED_PROXIES").stream().map(Network::of).toArray(Network[]::new))
        .withHost();
  }

  Cors cors() {
    return Cors.of(value("CORS_ORIGINS", "http://localhost:5173").split(","));
  }

  /** Without one nobody can know it: there are no metrics then. */
  String metricsPassword() {
    return value("METRICS_PASSWORD", UUID.randomUUID().toString());
  }

  /** How long /ready says 503 before the server drains. */
  int readySeconds() {
    return number("READY_SECONDS", 0);
  }

  private List<String> list(String name) {
    return Stream.of(value(name, "").split(",")).filter(it -> !it.isBlank()).toList();
  }

  private int number(String name, int otherwise) {
    return Integer.parseInt(value(name, Integer.toString(otherwise)));
  }

  private String value(String name, String otherwise) {
    return environment.getOrDefault(name, otherwise);
  }
}
