package dev.leantea.bench.harness.server;

import java.nio.file.Path;

/**
 * The configuration that makes nginx answer what the bench app answers.
 *
 * @param folder for everything that nginx writes
 * @param port to listen on, 127.0.0.1 only
 * @param workers processes
 */
public record NginxConfig(Path folder, int port, int workers) {
  /** More open connections per worker than any load of ours has. */
  private static final int CONNECTIONS_MAX = 16_384;

  /** One connection serves a whole run: nginx's default closes it after 1 000 requests. */
  private static final long REQUESTS_MAX = 1_000_000_000;

  /** Backlog of the listening socket, as the backends of LeanTea set it. */
  private static final int BACKLOG = 1_024;

  /** The file's text. */
  public String text() {
    return """
    worker_processes %d;
    daemon off;
    pid %s/nginx.pid;
    error_log stderr error;
    worker_rlimit_nofile %d;
    events { worker_connections %d; }
    http {
      access_log off;
      default_type text/plain;
      keepalive_requests %d;
      keepalive_timeout 75s;
      client_body_temp_path %s/body;
      proxy_temp_path %s/proxy;
      fastcgi_temp_path %s/fastcgi;
      uwsgi_temp_path %s/uwsgi;
      scgi_temp_path %s/scgi;
      server {
        listen 127.0.0.1:%d backlog=%d%s;
        location = /health { return 200 "ok"; }
        location = /health/blocking { return 200 "ok"; }
        location = /json {
          default_type application/json;
          return 200 '{"message":"Hello, World!"}';
        }
        location = /echo { return 200 $arg_msg; }
      }
    }
    """
        .formatted(
            workers,
            folder,
            CONNECTIONS_MAX,
            CONNECTIONS_MAX,
            REQUESTS_MAX,
            folder,
            folder,
            folder,
            folder,
            folder,
            port,
            BACKLOG,
            workers > 1 ? " reuseport" : "");
  }
}
