"""What a Qdrant server says over HTTP, as far as the adapter asks: kept by the client's own local mode. It can be made
to fail."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from qdrant_client import QdrantClient, models

KEY = "khoa-qdrant-cho-kiem-thu"
Tree = dict[str, Any]


class QdrantDouble:
    """`fault`: "", "500" (refuses), "nonsense" (answers what is no answer), "slow" (answers when nobody waits any
    more)."""

    def __init__(self) -> None:
        self.kept = QdrantClient(":memory:")
        self.fault = ""
        self.asked: list[str] = []
        self.release = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self._guard = threading.Lock()
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def close(self) -> None:
        self.release.set()
        self._server.shutdown()
        self._server.server_close()

    def answer(self, method: str, path: str, body: Tree, key: str) -> tuple[int, object]:
        self.asked.append(f"{method} {path}")
        if key != KEY:
            return 401, {"status": {"error": "no key"}}
        if self.fault == "500":
            return 500, {"status": {"error": "broken"}}
        if self.fault == "nonsense":
            return 200, {"result": {"points": [{"id": 10**9, "version": 0, "score": 1.0}]}}
        if self.fault == "slow":
            self.release.wait(20)
        name, _, rest = path.removeprefix("/collections/").partition("/")
        try:
            with self._guard:
                return 200, {"result": self._actions[method, rest](self, name, body), "status": "ok", "time": 0.0}
        except ValueError as bad:
            return (409 if "exists" in str(bad) else 404), {"status": {"error": str(bad)}}

    def _make(self, name: str, body: Tree) -> object:
        vectors = models.VectorParams(**body["vectors"])
        return self.kept.create_collection(name, vectors_config=vectors)

    def _put(self, name: str, body: Tree) -> object:
        self.kept.upsert(name, models.Batch(**body["batch"]))
        return {"operation_id": 1, "status": "completed"}

    def _points(self, name: str, body: Tree) -> object:
        found = self.kept.retrieve(name, body["ids"], with_vectors=body.get("with_vector", False))
        return [{"id": p.id, "vector": p.vector} for p in found]

    def _query(self, name: str, body: Tree) -> object:
        found = self.kept.query_points(name, query=body["query"]["nearest"], limit=body["limit"]).points
        return {"points": [{"id": p.id, "version": 0, "score": p.score} for p in found]}

    _actions: dict[tuple[str, str], Callable[[QdrantDouble, str, Tree], object]] = {  # noqa: RUF012
        ("GET", "exists"): lambda self, name, _: {"exists": self.kept.collection_exists(name)},
        ("PUT", ""): _make,
        ("DELETE", ""): lambda self, name, _: self.kept.delete_collection(name),
        ("PUT", "points"): _put,
        ("POST", "points"): _points,
        ("POST", "points/count"): lambda self, name, _: {"count": self.kept.count(name).count},
        ("POST", "points/query"): _query,
    }

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        double = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def _do(self) -> None:
                length = int(self.headers.get("Content-Length") or 0)
                body = json.loads(self.rfile.read(length) or b"{}")
                path = self.path.partition("?")[0]
                status, told = double.answer(self.command, path, body, self.headers.get("api-key", ""))
                data = json.dumps(told).encode()
                try:
                    self.send_response(status)
                    self.send_header("Content-Type", "application/json")
                    self.send_header("Content-Length", str(len(data)))
                    self.end_headers()
                    self.wfile.write(data)
                except OSError:
                    self.close_connection = True

            do_GET = do_PUT = do_POST = do_DELETE = _do  # noqa: N815

            def log_message(self, *_: object) -> None:
                """Tests read no log."""

        return Handler
