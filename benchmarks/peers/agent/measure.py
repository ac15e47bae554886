"""Starts a program some times and reports, as JSON, how long it took to its first reading and what memory it had later: measure.py ROUNDS SECONDS KIND COMMAND...

KIND is `lines` for a program that prints a reading a line, or the address of an agent's API, which is asked until its reading has a temperature.
"""
import json
import subprocess
import sys
import time
import urllib.error
import urllib.request


def first_line(process):
    return process.stdout.readline()


def first_answer(url):
    while True:
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:
                if json.load(answer).get("temperatureCelsius") is not None:
                    return
        except (urllib.error.URLError, ConnectionError):
            pass
        time.sleep(0.001)


def memory(pid):
    lines = dict(line.split(":", 1) for line in open(f"/proc/{pid}/status") if ":" in line)
    return {name: int(lines[name].split()[0]) * 1024 / 1e6 for name in ("VmRSS", "VmHWM", "RssAnon", "RssFile")}


rounds, seconds, kind, command = int(sys.argv[1]), float(sys.argv[2]), sys.argv[3], sys.argv[4:]
starts, kept = [], []
for _ in range(rounds):
    begin = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    try:
        first_line(process) if kind == "lines" else first_answer(kind)
        starts.append(time.perf_counter() - begin)
        time.sleep(seconds)
        kept.append(memory(process.pid))
    finally:
        process.kill()
        process.wait()
print(json.dumps({"first": min(starts), "firstMedian": sorted(starts)[len(starts) // 2], "memory": sorted(kept, key=lambda each: each["VmRSS"])[len(kept) // 2]}))
