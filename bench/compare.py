#!/usr/bin/env python3
"""Measures Limpid beside the bare paths that bound it, by turns in one run, and prints ratios.

    bench/compare.py [--build build/release] [--seconds 2] [--rounds 5] [--contacts 20000] [--only WORD] [--json FILE]

All servers run on core 0, the load on core 1. Each round asks every target once; a figure is the median of the
rounds, a ratio the median of the rounds' ratios. CPU time is what all servers of a path used together, user and
system, for one request at 32 callers: other programs on the machine disturb it least. Needs wrk and h2load. What each
path is: bench/README.md.
"""
import argparse
import concurrent.futures
import http.client
import json
import os
import pathlib
import re
import shutil
import signal
import statistics
import struct
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
SERVERS, LOAD = ["taskset", "-c", "0"], ["taskset", "-c", "1"]
INTERNAL_KEY = "an internal key of the benchmark"
GIVEN = ["Jean", "Marie", "Luc", "Anne", "Paul", "Zoé", "Hugo", "Léa", "Louis", "Emma"]
FAMILY = ["Martin", "Bernard", "Dubois", "Thomas", "Robert", "Petit", "Durand", "Leroy", "Moreau", "Simon"]
DOMAINS = ["orange.fr", "gmail.com", "free.fr", "laposte.net", "hotmail.fr", "exemple-societe.fr"]


def person(number):
    given, family = GIVEN[number % 10], FAMILY[number // 10 % 10]
    address = f"{given}.{family}.{number}@{DOMAINS[number % len(DOMAINS)]}".lower().replace("é", "e")
    return {"givenName": given, "familyName": family, "email": address, "phone": f"06{30000000 + number:08d}"}


# What the load asks: somebody who is known, with an address to complete.
CHECK = {**person(4242), "defaultRegion": "FR", "languageCode": "fr", "form": "newsletter", "budget": "0.800s",
         "depth": "FAST", "postalAddress": {"addressLines": ["12 rue de la Paix"], "postalCode": "75002",
                                            "locality": "Paris", "regionCode": "FR"}}


def field(number, text):
    data = text.encode()
    return bytes([number << 3 | 2, len(data)]) + data


def frame(message):
    return b"\0" + struct.pack(">I", len(message)) + message


VERIFY_EMAIL = frame(field(2, CHECK["email"]))
VERIFY_PHONE = frame(field(2, CHECK["phone"]) + field(3, "FR"))


class Program:
    """A server on the servers' core. Ends with the run."""

    running = []

    def __init__(self, command, **environment):
        self.process = subprocess.Popen(
            SERVERS + [str(part) for part in command], stderr=subprocess.PIPE, text=True,
            env={"PATH": os.environ["PATH"], **{name: str(value) for name, value in environment.items()}})
        Program.running.append(self)
        self.ports = {}
        for line in self.process.stderr:
            if line.startswith("serving"):
                break
            if '"event":"serving"' in line:
                self.ports = json.loads(line)
                break
        else:
            sys.exit(f"{command[0]} does not serve: exit status {self.process.wait()}")
        # Read on, or the pipe fills up and the server stops.
        self.drain = concurrent.futures.ThreadPoolExecutor(1)
        self.drain.submit(self.process.stderr.read)

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait()

    def cpu_seconds(self):
        fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def resident(self):
        text = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", text).group(1)) / 1024


class HttpTarget:
    warm_up = 0

    def __init__(self, port, path="/", key=None):
        self.url, self.key = f"http://127.0.0.1:{port}{path}", key

    def check(self):
        headers = {"Content-Type": "application/json", **({"Authorization": f"Bearer {self.key}"} if self.key else {})}
        host = self.url.split("/")[2]
        connection = http.client.HTTPConnection(host)
        connection.request("POST", self.url.split(host)[1], json.dumps(CHECK), headers)
        answer = connection.getresponse()
        body = answer.read().decode()
        if answer.status != 200:
            sys.exit(f"{self.url}: {answer.status} {body}")
        return body

    def measure(self, callers, seconds, folder):
        script = folder / "post.lua"
        lines = ['wrk.method = "POST"', 'wrk.headers["Content-Type"] = "application/json"',
                 f"wrk.body = [==[{json.dumps(CHECK)}]==]"]
        if self.key:
            lines.append(f'wrk.headers["Authorization"] = "Bearer {self.key}"')
        script.write_text("\n".join(lines))
        out = subprocess.run(LOAD + ["wrk", "-t1", f"-c{callers}", f"-d{seconds}s", "--latency", "-s", str(script), self.url],
                             capture_output=True, text=True, check=True).stdout
        if "Non-2xx" in out or "Socket errors" in out:
            sys.exit(f"{self.url} under load:\n{out}")
        rate = float(re.search(r"Requests/sec:\s+([\d.]+)", out).group(1))
        value, unit = re.search(r"50%\s+([\d.]+)(us|ms|s)", out).groups()
        return rate, float(value) * {"us": 1, "ms": 1e3, "s": 1e6}[unit]


class GrpcTarget:
    warm_up = 1

    def __init__(self, port, method, body, **metadata):
        self.url, self.body, self.metadata = f"http://127.0.0.1:{port}{method}", body, metadata

    def headers(self):
        pairs = {"content-type": "application/grpc", "te": "trailers", **self.metadata}
        return [part for name, value in pairs.items() for part in ("-H", f"{name}: {value}")]

    def check(self):
        # h2load counts every HTTP 200 as a success, and gRPC errors are HTTP 200.
        answer = subprocess.run(
            ["curl", "-sS", "--http2-prior-knowledge", *self.headers(), "--data-binary", "@-", "-D", "-", "-o",
             "/dev/null", self.url], input=self.body, capture_output=True, check=True).stdout.decode()
        if "grpc-status: 0" not in answer:
            sys.exit(f"{self.url}: {answer}")

    def measure(self, callers, seconds, folder):
        data, log = folder / "frame.bin", folder / "h2load.log"
        data.write_bytes(self.body)
        log.unlink(missing_ok=True)
        out = subprocess.run(
            LOAD + ["h2load", "-t1", "-c1", f"-m{callers}", "-D", str(seconds), f"--warm-up-time={self.warm_up}", "-d", str(data),
                    f"--log-file={log}", *self.headers(), self.url], capture_output=True, text=True, check=True).stdout
        rate = float(re.search(r"finished in [^,]+, ([\d.]+) req/s", out).group(1))
        times = [int(line.split("\t")[2]) for line in log.read_text().splitlines()]
        if not times:
            sys.exit(f"{self.url} under load:\n{out}")
        return rate, statistics.median(times)


def pause_enrichment(port, key):
    """The scenario answers to each contact of the base, in the background: work that is no part of a check."""
    connection = http.client.HTTPConnection(f"127.0.0.1:{port}")
    connection.request("POST", "/v1/scenarios/fill-empty-on-create:pause", "{}",
                       {"Authorization": f"Bearer {key}", "Content-Type": "application/json"})
    answer = connection.getresponse()
    text = answer.read()
    if answer.status != 200:
        sys.exit(f"the scenario cannot be paused: {answer.status} {text}")


def fill(port, key, count):
    """Creates the base, as any client would."""
    def create(numbers):
        connection = http.client.HTTPConnection(f"127.0.0.1:{port}")
        for number in numbers:
            who = person(number)
            body = {"givenName": who["givenName"], "familyName": who["familyName"],
                    "emails": [{"value": who["email"]}], "phones": [{"value": who["phone"]}]}
            connection.request("POST", "/v1/contacts", json.dumps(body),
                               {"Authorization": f"Bearer {key}", "Content-Type": "application/json"})
            answer = connection.getresponse()
            text = answer.read()
            if answer.status != 200:
                sys.exit(f"the base cannot be filled: {answer.status} {text}")
    with concurrent.futures.ThreadPoolExecutor(32) as pool:
        list(pool.map(create, [range(first, count, 32) for first in range(32)]))


def key_of(state):
    return (state / "admin.key").read_text().strip()


def start(binaries, folder, contacts):
    """All servers, the bare ones and ours; the targets by name, and which programs serve each."""
    limits, port = binaries / "limits", iter(range(27100, 27200))
    targets, programs, serving = {}, {}, {}

    def bare(name, mode, *rest):
        at = next(port)
        programs[name] = Program([limits, mode, at, *rest])
        return at

    def add(name, target, *served_by):
        targets[name], serving[name] = target, [programs[program] for program in served_by]

    ECHOES = ("echo 0", "echo 1", "echo 2")
    echoes = [bare(name, "grpc-echo") for name in ECHOES]
    addresses = [f"127.0.0.1:{at}" for at in echoes]
    echo = "/limpid.bench.Echo/Call"
    for name, mode, rest, behind in (
            ("HTTP echo", "http-echo", (), ()),
            ("HTTP + JSON", "http-json", (), ()),
            ("HTTP + JSON, 1 call", "http-json", addresses[:1], ECHOES[:1]),
            ("HTTP + JSON, 3 calls, four processes", "http-json", addresses, ECHOES),
            ("HTTP + JSON, 3 calls, one process", "http-json-inprocess", (3,), ())):
        add(name, HttpTarget(bare(name, mode, *rest)), name, *behind)
    add("gRPC echo", GrpcTarget(echoes[0], echo, VERIFY_EMAIL), "echo 0")
    add("gRPC frame-passing door", GrpcTarget(bare("door", "grpc-door", addresses[0]), echo, VERIFY_EMAIL), "door", "echo 0")

    common = {"LIMPID_DATA_DIR": ROOT / "data", "LIMPID_GATEWAY_RATE_PER_MINUTE": 1000000000}
    any_port = "127.0.0.1:0"
    gateway = {f"LIMPID_GATEWAY_{door}_ADDR": any_port for door in ("HTTP", "GRPC", "OPS")}
    one_state, four_state = folder / "one", folder / "four"
    serve = Program([binaries / "limpid", "serve"], LIMPID_STATE_DIR=one_state, **common, **gateway)
    pause_enrichment(serve.ports["http"], key_of(one_state))
    fill(serve.ports["http"], key_of(one_state), contacts)
    serve.stop()
    shutil.copytree(one_state, four_state)
    programs["limpid serve"] = Program([binaries / "limpid", "serve"], LIMPID_STATE_DIR=one_state, **common, **gateway)
    common |= {"LIMPID_STATE_DIR": four_state, "LIMPID_INTERNAL_KEY": INTERNAL_KEY}
    for service in ("verify", "contact", "enrich"):
        name = service.upper()
        programs[f"{service}-svc"] = Program([binaries / f"{service}-svc"], **common, **{
            f"LIMPID_{name}_GRPC_ADDR": any_port, f"LIMPID_{name}_OPS_ADDR": any_port})
        common[f"LIMPID_{name}_TARGET"] = f"127.0.0.1:{programs[f'{service}-svc'].ports['grpc']}"
    programs["gateway"] = Program([binaries / "gateway"], **common, **gateway)

    path = "/v1/capture:check"
    add("capture:check, one process", HttpTarget(programs["limpid serve"].ports["http"], path, key_of(one_state)),
        "limpid serve")
    add("capture:check, four processes", HttpTarget(programs["gateway"].ports["http"], path, key_of(four_state)),
        "gateway", "verify-svc", "contact-svc", "enrich-svc")
    verify = programs["verify-svc"].ports["grpc"]

    def signed():
        return subprocess.run([limits, "sign", INTERNAL_KEY], capture_output=True, text=True, check=True).stdout.strip()
    add("VerifyEmail at verify-svc",
        GrpcTarget(verify, "/limpid.verify.v1.EmailService/VerifyEmail", VERIFY_EMAIL), "verify-svc")
    add("VerifyPhone at verify-svc",
        GrpcTarget(verify, "/limpid.verify.v1.PhoneService/VerifyPhone", VERIFY_PHONE), "verify-svc")
    add("VerifyEmail at the gateway's gRPC door",
        GrpcTarget(programs["gateway"].ports["grpc"], "/limpid.verify.v1.EmailService/VerifyEmail", VERIFY_EMAIL,
                   authorization=f"Bearer {key_of(four_state)}"), "gateway", "verify-svc")
    return targets, programs, serving, signed


# What is measured against what, and what it must reach: throughput at 32 callers, p50 of one caller.
GOALS = [
    ("capture:check, four processes", "HTTP + JSON, 3 calls, four processes", 0.6, 1.7),
    ("capture:check, one process", "HTTP + JSON, 3 calls, one process", 0.5, 1.7),
    ("VerifyEmail at verify-svc", "gRPC echo", 0.5, None),
    ("VerifyPhone at verify-svc", "gRPC echo", 0.5, None),
    ("VerifyEmail at the gateway's gRPC door", "gRPC frame-passing door", 0.6, None),
]


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--build", type=pathlib.Path, default=ROOT / "build/release")
    options.add_argument("--seconds", type=int, default=2)
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--contacts", type=int, default=20000)
    options.add_argument("--only", default="", help="measures the paths whose name holds this word, and their limits")
    options.add_argument("--json", type=pathlib.Path, help="also writes the figures of each round here")
    chosen = options.parse_args()
    figures = {}
    with tempfile.TemporaryDirectory(prefix="limpid-bench-") as folder:
        folder = pathlib.Path(folder)
        try:
            targets, programs, serving, signed = start(chosen.build / "bin", folder, chosen.contacts)
            goals = [goal for goal in GOALS if chosen.only in goal[0]]
            if chosen.only:
                wanted = {name for goal in goals for name in goal[:2]}
                targets = {name: target for name, target in targets.items() if name in wanted}
            memory = {name: programs[name].resident()
                      for name in ("limpid serve", "gateway", "verify-svc", "contact-svc", "enrich-svc")}
            for callers in (1, 32):
                for round_ in range(chosen.rounds):
                    for name, target in targets.items():
                        if name.endswith("at verify-svc"):
                            target.metadata = {"limpid-call": signed()}
                        if round_ == 0:
                            target.check()
                        before = sum(program.cpu_seconds() for program in serving[name])
                        rate, p50 = target.measure(callers, chosen.seconds, folder)
                        cpu = sum(program.cpu_seconds() for program in serving[name]) - before
                        figures.setdefault((name, callers), []).append(
                            (rate, p50, cpu / rate / (chosen.seconds + target.warm_up) * 1e6))
                print(f"{callers} caller(s) measured", file=sys.stderr)
        finally:
            for program in Program.running:
                program.stop()

    def median(name, callers, column):
        return statistics.median(row[column] for row in figures[name, callers])

    def ratio(name, limit, callers, column):
        return statistics.median(ours[column] / bare[column]
                                 for ours, bare in zip(figures[name, callers], figures[limit, callers]))

    print("| path | calls/s, 1 caller | p50 µs | calls/s, 32 callers | p50 µs | CPU µs a call |\n|---|---|---|---|---|---|")
    for name in targets:
        print(f"| {name} | {median(name, 1, 0):,.0f} | {median(name, 1, 1):,.0f} "
              f"| {median(name, 32, 0):,.0f} | {median(name, 32, 1):,.0f} | {median(name, 32, 2):,.0f} |")
    print("\n| path | against | throughput at 32 callers | goal | p50 of one caller | goal | limit's CPU for a call |"
          "\n|---|---|---|---|---|---|---|")
    for name, limit, throughput, latency in goals:
        print(f"| {name} | {limit} | {ratio(name, limit, 32, 0):.2f} | ≥ {throughput} "
              f"| {ratio(name, limit, 1, 1):.2f} | {f'≤ {latency}' if latency else ''} "
              f"| {1 / ratio(name, limit, 32, 2):.2f} × |")
    print("\n| process at rest | MiB resident |\n|---|---|")
    for name, resident in memory.items():
        print(f"| {name} | {resident:.0f} |")
    if chosen.json:
        chosen.json.write_text(json.dumps({f"{name} × {callers}": rows for (name, callers), rows in figures.items()},
                                          indent=1, ensure_ascii=False))


if __name__ == "__main__":
    main()
