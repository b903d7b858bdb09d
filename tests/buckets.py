"""An object store in a process of its own: moto's S3. Each test has a bucket of its own in it."""

import contextlib
import hashlib
import http.client
import json
import os
import random
import re
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import fsspec

from nianbao.run.store import connection

KEYS = {
    "AWS_ACCESS_KEY_ID": "AKIATESTTESTTEST",
    "AWS_SECRET_ACCESS_KEY": "geheim-und-geheimer",
    "AWS_DEFAULT_REGION": "us-east-1",
}

# botocore asks a busy store twice: of itself it does so five times, and waits up to half a minute in all.
IMPATIENT = {"AWS_MAX_ATTEMPTS": "2"}


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@contextlib.contextmanager
def serving():
    """moto as a server; its address."""
    with answering(
        lambda port: [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)], "moto-api/"
    ) as port:
        yield f"http://127.0.0.1:{port}"


@contextlib.contextmanager
def answering(words, path, tries=5, **given):
    """A server that is started by words with a port in them, and answers at a path; its port.

    Where another process takes the port meanwhile, the server ends, and another port is tried.
    """
    port = free_port()
    given = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL} | given
    process = subprocess.Popen(words(port), **given)
    try:
        until = time.monotonic() + 600
        while not _answers(f"http://127.0.0.1:{port}/{path}") or process.poll() is not None:
            if process.poll() is not None:
                assert (tries := tries - 1), "it ends again and again"
                port = free_port()
                process = subprocess.Popen(words(port), **given)
            assert time.monotonic() < until
            time.sleep(0.1)
        yield port
    finally:
        process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(180)
        process.kill()
        process.wait()


def _answers(address):
    try:
        urllib.request.urlopen(address, timeout=60).close()
    except (urllib.error.URLError, OSError):
        return False
    return True


@cache
def reached(endpoint):
    """The store as this process reaches it: connected once, as that takes longer than what a test asks for."""
    with named(KEYS | {"AWS_ENDPOINT_URL": endpoint}):
        system = fsspec.filesystem("s3", use_listings_cache=False, skip_instance_cache=True)
        system.connect()
    connection.prepare()
    return system


def reaching(endpoint):
    """The environment in which the command reaches an object store."""
    return {**KEYS, "AWS_ENDPOINT_URL": endpoint}


class Bucket:
    """A bucket, seen from outside; ``environment`` is what the command needs to reach it."""

    def __init__(self, endpoint, name):
        self.name, self.endpoint = name, endpoint
        self.environment = reaching(endpoint)
        self.system = reached(endpoint)
        self.system.mkdir(name)

    def address(self, name="outputs"):
        return f"s3://{self.name}/{name}"

    def objects(self, below="outputs"):
        """Every object by its name, with its bytes."""
        place, found = f"{self.name}/{below}/", {}
        for name in self.system.find(place):
            with contextlib.suppress(FileNotFoundError):  # deleted meanwhile
                found[name.removeprefix(place)] = self.system.cat_file(name)
        return found

    def put(self, name, data):
        self.system.pipe_file(f"{self.name}/{name}", data)

    def shorten_lease(self):
        """Let the lease that an ended build has left be over in a second; the default is half a minute."""
        name = f"{self.name}/outputs/.nianbao-lock"
        self.system.pipe_file(name, json.dumps(json.loads(self.system.cat_file(name)) | {"seconds": 1.0}).encode())

    def copy_in(self, folder, below):
        """Put all files of a folder into the bucket."""
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                self.put(f"{below}/{path.relative_to(folder).as_posix()}", path.read_bytes())

    def published(self, below="outputs", found=None):
        """What a reader trusts: the files to which each manifest.json points, by report, as a local build names them.

        ``found`` are the objects, where they have been read.
        """
        found = self.objects(below) if found is None else found
        read = {}
        for name, raw in found.items():
            job, _, last = name.rpartition("/")
            folder = f"{job}/{hashlib.sha256(raw).hexdigest()[:16]}"
            if last == "manifest.json" and f"{folder}/manifest.json" in found:
                read |= {
                    f"{job}/{one[len(folder) + 1 :]}": data for one, data in found.items() if one.startswith(f"{folder}/")
                }
                assert read[name] == raw
        return read


@contextlib.contextmanager
def named(environment):
    """Within the context, the variables of the process are these as well."""
    before = {name: os.environ.get(name) for name in environment}
    os.environ.update(environment)
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name) if value is None else os.environ.update({name: value})


class Proxy(ThreadingHTTPServer):
    """Stands between the command and the store, and does what networks and busy stores do.

    Attributes
    ----------
    delay : float
        Seconds that each request takes more.
    refused : float
        The share of requests that are answered with 503, drawn by ``chance``.
    hidden, unheard : set of str
        Keys that listings leave out; headers that do not reach the store.
    before, after : callable
        Called with method and path before a request goes on; and with its answer (status, headers, bytes) as well, and
        returns the answer that is given.
    asked : list of (method, path)
        What was asked; ``most`` is how many were on their way at a time.
    """

    daemon_threads = True

    def __init__(self, endpoint):
        super().__init__(("127.0.0.1", 0), _Forwarding)
        self.behind = endpoint.removeprefix("http://")
        self.asked, self.most, self.now, self.lock = [], 0, 0, threading.Lock()
        self.endpoint = f"http://127.0.0.1:{self.server_address[1]}"
        self.pass_on()

    def pass_on(self):
        """Do nothing but pass on what is asked and answered."""
        self.delay, self.refused, self.hidden, self.chance = 0.0, 0.0, set(), random.Random(7)
        self.unheard = set()
        self.before = lambda method, path: None
        self.after = lambda method, path, answer: answer

    def count(self, *, method="GET", listing=None):
        """How many requests there were: of listings, of single objects, or both."""
        # With max-keys s3fs asks whether there is a folder of an object's name.
        asked = [path for one, path in self.asked if one == method and "max-keys" not in path]
        return sum(listing is None or listing == ("list-type" in path) for path in asked)


class _Forwarding(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *words):
        pass

    def _forward(self):
        proxy = self.server
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        with proxy.lock:
            proxy.asked.append((self.command, self.path))
            proxy.now += 1
            proxy.most = max(proxy.most, proxy.now)
            is_refused = proxy.chance.random() < proxy.refused
        try:
            time.sleep(proxy.delay)
            proxy.before(self.command, self.path)
            answer = (503, [], b"") if is_refused else self._answer(proxy, body)
            status, headers, data = proxy.after(self.command, self.path, answer)
        finally:
            with proxy.lock:
                proxy.now -= 1
        self.send_response(status)
        for name, value in headers:
            if name.lower() not in {"content-length", "connection", "transfer-encoding", "date", "server"}:
                self.send_header(name, value)
        length = next((value for name, value in headers if name.lower() == "content-length"), 0)
        self.send_header("Content-Length", str(length if self.command == "HEAD" else len(data)))
        self.end_headers()
        self.wfile.write(data)

    def _answer(self, proxy, body):
        there = http.client.HTTPConnection(proxy.behind, timeout=600)
        headers = {name: value for name, value in self.headers.items() if name.lower() not in {"connection", *proxy.unheard}}
        there.request(self.command, self.path, body, headers)
        answer = there.getresponse()
        data = answer.read()
        if "list-type" in self.path and proxy.hidden:
            for key in proxy.hidden:
                data = re.sub(rf"<Contents>\s*<Key>{re.escape(key)}</Key>.*?</Contents>".encode(), b"", data, flags=re.S)
        there.close()
        return answer.status, answer.getheaders(), data

    do_GET = do_PUT = do_HEAD = do_POST = do_DELETE = _forward


@contextlib.contextmanager
def proxied(endpoint):
    proxy = Proxy(endpoint)
    thread = threading.Thread(target=proxy.serve_forever, daemon=True)
    thread.start()
    try:
        yield proxy
    finally:
        proxy.shutdown()
        proxy.server_close()
