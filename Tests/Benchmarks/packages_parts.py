"""Configurations and repositories of packages for the benchmark of packages: made from a seed, signed, with true checksums."""
import base64
import gzip
import hashlib
import io
import pathlib
import random
import shutil
import subprocess
import tarfile

ARCHITECTURE = "x86_64"


def configurations(folder, count, seed=1):
    """Writes configurations as distributions have them: each needs earlier ones by package, subpackage, provided name and constraint."""
    choice = random.Random(seed)
    folder.mkdir()
    names = []
    for number in range(count):
        name = f"package-{number:05}"
        picked = [names[int(len(names) * choice.random() ** 3)] for _ in range(min(len(names), choice.randrange(2, 12)))]
        needs = [choice.choice([other, f"{other}-dev", f"{other}-virtual", f"{other}>=1.0", f"{other}-dev~1"]) for other in picked]
        (folder / f"{name}.yaml").write_text(configuration(name, number, ["build-base", "busybox", *dict.fromkeys(needs)], choice))
        names.append(name)


def configuration(name, number, needs, choice):
    listed = "".join(f"      - {need}\n" for need in needs)
    subpackages = "".join(f"""  - name: {name}-{kind}
    description: {name} {kind}
    dependencies:
      runtime:
        - {name}={"${{package.full-version}}"}
    pipeline:
      - uses: split/{"dev" if kind == "dev" else "manpages" if kind == "doc" else "static"}
    test:
      pipeline:
        - runs: test -d /usr
""" for kind in ("dev", "doc", "static")[:choice.randrange(1, 4)])
    digest = hashlib.sha256(name.encode()).hexdigest()
    return f"""package:
  name: {name}
  version: "1.{number % 20}.{number % 7}"
  epoch: {number % 5}
  description: The package with the number {number}
  copyright:
    - license: Apache-2.0
  dependencies:
    runtime:
      - ca-certificates-bundle
    provides:
      - {name}-virtual={"${{package.full-version}}"}

environment:
  contents:
    packages:
{listed}  environment:
    CGO_ENABLED: "0"

var-transforms:
  - from: {"${{package.version}}"}
    match: ^(\\d+)\\.(\\d+).*
    replace: $1.$2
    to: short-version

pipeline:
  - uses: fetch
    with:
      uri: https://example.org/{name}/{"${{vars.short-version}}"}/{name}-{"${{package.version}}"}.tar.gz
      expected-sha256: {digest}
  - uses: autoconf/configure
    with:
      opts: --prefix=/usr --sysconfdir=/etc --disable-static
  - uses: autoconf/make
  - if: {"${{build.arch}}"} == 'x86_64'
    runs: |
      make check
      find . -name '*.la' -delete
  - uses: autoconf/make-install
  - uses: strip

subpackages:
{subpackages}
update:
  enabled: true
  release-monitor:
    identifier: {number + 1}

test:
  environment:
    contents:
      packages: [bash]
  pipeline:
    - runs: {name} --version
"""


def text(size, choice):
    """Lines of words, of which gzip leaves about a third."""
    words = ["".join(choice.choices("abcdefghijklmnopqrstuvwxyz", k=choice.randrange(2, 10))) for _ in range(2000)]
    lines = " ".join(choice.choices(words, k=max(1, size // 16))).encode()
    return (lines * (size // len(lines) + 1))[:size]


class Repository:
    """A signed repository in a folder of its own: packages that need each other by name and by library."""

    def __init__(self, folder):
        self.folder = folder / ARCHITECTURE
        self.folder.mkdir(parents=True)
        self.key = folder / "bench.rsa"
        subprocess.run(["openssl", "genrsa", "-out", self.key, "2048"], check=True, stderr=subprocess.DEVNULL)
        subprocess.run(["openssl", "rsa", "-in", self.key, "-pubout", "-out", f"{self.key}.pub"], check=True, stderr=subprocess.DEVNULL)
        self.records = []

    @property
    def address(self):
        return str(self.folder.parent)

    @property
    def archives(self):
        return sorted(self.folder.glob("*.apk"))

    def add(self, name, entries, needs=(), provides=()):
        """Entries are paths in order: bytes of a program or file, a text that a link leads to, None for a folder."""
        data = gzip.compress(archive(entries, checksums=True), 6, mtime=0)
        size = sum(len(entry) for entry in entries.values() if isinstance(entry, bytes))
        information = [f"pkgname = {name}", "pkgver = 1.0-r0", f"arch = {ARCHITECTURE}", f"size = {size}", f"pkgdesc = {name}",
                       "license = MIT", *(f"depend = {need}" for need in needs), *(f"provides = {other}" for other in provides),
                       f"datahash = {hashlib.sha256(data).hexdigest()}"]
        control = gzip.compress(cut(archive({".PKGINFO": "\n".join([*information, ""]).encode()})), 6, mtime=0)
        (self.folder / f"{name}-1.0-r0.apk").write_bytes(control + data)
        self.enter(name, control, (len(control) + len(data), size), needs, provides)

    def enter(self, name, control, sizes, needs, provides):
        """An entry of the index."""
        identity = base64.b64encode(hashlib.sha1(control).digest()).decode()
        record = [f"C:Q1{identity}", f"P:{name}", "V:1.0-r0", f"A:{ARCHITECTURE}", f"S:{sizes[0]}", f"I:{sizes[1]}",
                  f"T:{name}, of which somebody wrote a line", f"U:https://example.org/{name}", "L:MIT", f"o:{name}",
                  "m:Somebody <somebody@example.org>", "t:1700000000", f"c:{control.hex()[:40]:0<40}"]
        record += [f"D:{' '.join(needs)}"] if needs else []
        record += [f"p:{' '.join(provides)}"] if provides else []
        self.records.append("\n".join(record) + "\n")

    def crowd(self, count, seed=1):
        """Enters packages into the index that nobody asks for, so that none of their archives has to be there."""
        choice = random.Random(seed)
        for number in range(count):
            name = f"other{number:05}"
            needs = [choice.choice(["so:libc.so.6", "base", f"other{choice.randrange(number + 1):05}>=1.0"]) for _ in range(4)]
            self.enter(name, name.encode(), (1000, 4000), needs, [f"so:lib{name}.so.1=1.0", f"cmd:{name}=1.0-r0", f"pc:{name}=1.0"])

    def publish(self):
        index = "\n".join([*self.records, ""]).encode()
        body = gzip.compress(archive({"DESCRIPTION": b"benchmark", "APKINDEX": index}), 6, mtime=0)
        signature = subprocess.run(["openssl", "dgst", "-sha256", "-sign", self.key], input=body, check=True, stdout=subprocess.PIPE).stdout
        signed = gzip.compress(cut(archive({f".SIGN.RSA256.{self.key.name}.pub": signature})), 6, mtime=0)
        (self.folder / "APKINDEX.tar.gz").write_bytes(signed + body)


def archive(entries, checksums=False):
    output = io.BytesIO()
    with tarfile.open(fileobj=output, mode="w", format=tarfile.PAX_FORMAT) as file:
        for path, entry in entries.items():
            member = tarfile.TarInfo(path)
            member.mode = 0o755 if entry is None or "/bin/" in path else 0o644
            if entry is None:
                member.type = tarfile.DIRTYPE
            elif isinstance(entry, str):
                member.type, member.linkname = tarfile.SYMTYPE, entry
            else:
                member.size = len(entry)
            if checksums and entry is not None:
                content = entry.encode() if isinstance(entry, str) else entry
                member.pax_headers = {"APK-TOOLS.checksum.SHA1": hashlib.sha1(content).hexdigest()}
            file.addfile(member, io.BytesIO(entry) if isinstance(entry, bytes) else None)
    return output.getvalue()


def cut(archived):
    """Without the blocks that end an archive: another segment follows."""
    return archived.rstrip(b"\0").ljust(-(-len(archived.rstrip(b"\0")) // 512) * 512, b"\0")


def base_entries():
    """A root with the programs of the machine's static busybox."""
    busybox = pathlib.Path(shutil.which("busybox")).read_bytes()
    folders = ["etc", "tmp", "usr", "usr/bin", "usr/lib", "var", "root", "proc", "dev", "sys", "home"]
    names = ["sh", "true", "mkdir", "mv", "cp", "cat", "ls", "rm", "env", "chmod", "chown", "find", "sed", "test"]
    return {folder: None for folder in folders} | {
        "bin": "usr/bin", "lib": "usr/lib", "etc/passwd": b"root:x:0:0:root:/root:/bin/sh\n", "etc/group": b"root:x:0:\n",
        "usr/bin/busybox": busybox} | {f"usr/bin/{name}": "busybox" for name in names}


def fill(repository, count, seed=1, size=1 << 20, files=50):
    """A base and packages of about a megabyte each, in ten chains; each needs the one before it, and the library of another.
    Returns what must be named for all of them to come."""
    choice = random.Random(seed)
    repository.add("base", base_entries(), provides=["cmd:sh=1.0-r0"])
    chains = min(10, count - 1)
    for number in range(count - 1):
        name = f"lib{number:03}"
        needs = ["base"] if number < chains else [f"lib{number - chains:03}>=1.0-r0", f"so:libl{choice.randrange(number):03}.so.1"]
        entries = {"usr": None, "usr/lib": None, "usr/share": None, f"usr/share/{name}": None,
                   f"usr/lib/libl{number:03}.so.1": f"libl{number:03}.so.1.0"}
        for place in range(files):
            path = f"usr/lib/libl{number:03}.so.1.0" if place == 0 else f"usr/share/{name}/file{place:02}"
            entries[path] = choice.randbytes(size // files) if place % 2 else text(size // files, choice)
        repository.add(name, entries, needs, [f"so:libl{number:03}.so.1=1"])
    repository.publish()
    return ["base", *(f"lib{number:03}" for number in range(max(0, count - 1 - chains), count - 1))]
