#!/usr/bin/env python3
"""Takes what a dry run of .ci/release uploads, as the publisher API of Maven Central does, and finds it valid.

publisher.py PORT-FILE: listens on a free port of 127.0.0.1, which it writes to the file, until it is killed.
"""

import http.server
import json
import sys


class Publisher(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if self.path.startswith("/api/v1/publisher/upload"):
            self.answer(201, "text/plain", "dry-run")
        elif self.path.startswith("/api/v1/publisher/status"):
            state = {"deploymentId": "dry-run", "deploymentName": "dry run", "deploymentState": "VALIDATED", "purls": []}
            self.answer(200, "application/json", json.dumps(state))
        else:
            self.answer(404, "text/plain", "expected an upload or a request for its status, got " + self.path)

    def answer(self, status, media_type, text):
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


server = http.server.HTTPServer(("127.0.0.1", 0), Publisher)
with open(sys.argv[1], "w") as port_file:
    port_file.write(str(server.server_port))
server.serve_forever()
