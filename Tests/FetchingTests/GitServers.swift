import HostSystem

extension TestServer {
    /// `git daemon` for all repositories beneath `folder`.
    static func gitDaemon(_ folder: String) throws -> TestServer {
        try TestServer(["python3", "-c", daemonScript, folder], in: folder)
    }

    /// `git http-backend` for all repositories beneath `folder`: open under `/`, for user `u` with password `secret` under `/private/`, by the
    /// oldest protocol under `/old/`, and 503 under `/broken/`.
    static func gitHTTP(_ folder: String) throws -> TestServer {
        try TestServer(["python3", "-c", httpScript, folder], in: folder)
    }

    /// Accepts connections and says nothing.
    static func silent(_ folder: String) throws -> TestServer {
        try TestServer(["python3", "-c", silentScript], in: folder)
    }

    private static let daemonScript = """
        import socket, subprocess, sys, time
        with socket.socket() as s:
            s.bind(("127.0.0.1", 0))
            port = s.getsockname()[1]
        daemon = subprocess.Popen(["git", "daemon", "--reuseaddr", "--export-all", "--listen=127.0.0.1",
                                   f"--port={port}", "--base-path=" + sys.argv[1], sys.argv[1]])
        while True:
            try:
                socket.create_connection(("127.0.0.1", port)).close()
                break
            except OSError:
                time.sleep(0.01)
        print(port, flush=True)
        daemon.wait()
        """

    private static let httpScript = """
        import base64, http.server, os, subprocess, sys
        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                path, _, query = self.path.partition("?")
                if path.startswith("/broken/"):
                    return self.send_error(503)
                if path.startswith("/private/"):
                    path = path[len("/private"):]
                    if self.headers.get("Authorization") != "Basic " + base64.b64encode(b"u:secret").decode():
                        self.send_response(401)
                        self.send_header("WWW-Authenticate", 'Basic realm="x"')
                        self.end_headers()
                        return
                protocol = self.headers.get("Git-Protocol") or ""
                if path.startswith("/old/"):
                    path, protocol = path[len("/old"):], ""
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                env = dict(os.environ, GIT_PROJECT_ROOT=sys.argv[1], GIT_HTTP_EXPORT_ALL="1", PATH_INFO=path, QUERY_STRING=query,
                           REQUEST_METHOD=self.command, CONTENT_TYPE=self.headers.get("Content-Type") or "",
                           CONTENT_LENGTH=str(len(body)), HTTP_CONTENT_ENCODING=self.headers.get("Content-Encoding") or "",
                           GIT_PROTOCOL=protocol)
                answer = subprocess.run(["git", "http-backend"], input=body, env=env, stdout=subprocess.PIPE).stdout
                head, _, data = answer.partition(b"\\r\\n\\r\\n")
                fields = [line.split(": ", 1) for line in head.decode().split("\\r\\n")]
                status = [v for k, v in fields if k == "Status"]
                self.send_response(int(status[0].split()[0]) if status else 200)
                for k, v in fields:
                    if k != "Status": self.send_header(k, v)
                self.end_headers()
                self.wfile.write(data)
            do_POST = do_GET
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        print(server.server_port, flush=True)
        server.serve_forever()
        """

    private static let silentScript = """
        import socket
        s = socket.socket()
        s.bind(("127.0.0.1", 0))
        s.listen(50)
        print(s.getsockname()[1], flush=True)
        held = []
        while True: held.append(s.accept())
        """
}
