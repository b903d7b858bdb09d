"""An object store in a process of its own: moto's S3. Each test has a bucket of its own in it."""

import contextlib
import hashlib
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import fsspec

KEYS = {
    "AWS_ACCESS_KEY_ID": "AKIATESTTESTTEST",
    "AWS_SECRET_ACCESS_KEY": "geheim-und-geheimer",
    "AWS_DEFAULT_REGION": "us-east-1",
}


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@contextlib.contextmanager
def serving():
    """moto as a server; its address."""
    port = free_port()
    words = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    endpoint = f"http://127.0.0.1:{port}"
    try:
        until = time.monotonic() + 60
        while True:
            try:
                urllib.request.urlopen(f"{endpoint}/moto-api/", timeout=5).close()
                break
            except (urllib.error.URLError, OSError):
                assert process.poll() is None
                assert time.monotonic() < until
                time.sleep(0.1)
        yield endpoint
    finally:
        process.kill()
        process.wait()


class Bucket:
    """A bucket, seen from outside; ``environment`` is what the command needs to reach it."""

    def __init__(self, endpoint, name):
        self.name, self.endpoint = name, endpoint
        self.environment = {**KEYS, "AWS_ENDPOINT_URL": endpoint}
        with named(self.environment):
            self.system = fsspec.filesystem("s3", use_listings_cache=False, skip_instance_cache=True)
            self.system.mkdir(name)

    def address(self, name="outputs"):
        return f"s3://{self.name}/{name}"

    def objects(self, below="outputs"):
        """Every object by its name, with its bytes."""
        place = f"{self.name}/{below}/"
        return {name.removeprefix(place): self.system.cat_file(name) for name in self.system.find(place)}

    def put(self, name, data):
        self.system.pipe_file(f"{self.name}/{name}", data)

    def copy_in(self, folder, below):
        """Put all files of a folder into the bucket."""
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                self.put(f"{below}/{path.relative_to(folder).as_posix()}", path.read_bytes())

    def published(self, below="outputs"):
        """What a reader trusts: the files to which each manifest.json points, by report, as a local build names them."""
        found = self.objects(below)
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
