"""What the run script measured.

  await SERVER INDEX RECORDS PATIENCE         waits until so many documents are there or none has come for a while; prints how many, and the
                                              time at which the last came
  rates FILE                                  compares the rounds, each a line SIDE BEGIN RECORDS END
  faults SIDE SERVER INDEX RECORDS LABEL      looks for what is missing and what is there twice
"""
import json
import statistics
import sys
import time
import urllib.error
import urllib.request


def post(server, path, body=b""):
    request = urllib.request.Request(f"{server}/{path}", body, {"Content-Type": "application/json"}, method="POST")
    return json.load(urllib.request.urlopen(request, timeout=60))


def count(server, index):
    try:
        post(server, f"{index}/_refresh")
        return post(server, f"{index}/_count", b"{}")["count"]
    except (OSError, urllib.error.URLError):
        return 0  # not there yet, or the server is away


def wait(server, index, records, patience):
    last, since = 0, time.time()
    while True:
        now = count(server, index)
        if now != last:
            last, since = now, time.time()
        if now >= records or time.time() - since > patience:
            print(now, since)
            return
        time.sleep(0.1)


def rates(path):
    rounds = {}
    for line in open(path):
        side, begin, records, end = line.split()
        rounds.setdefault(side, []).append(int(records) / (float(end) - float(begin)))
    ours = rounds["ours"]
    for side, values in rounds.items():
        ratio = "" if side == "ours" else f"  ours {statistics.median(ours) / statistics.median(values):6.1f} times by the median, {max(ours) / max(values):6.1f} by the fastest round"
        print(f"{side:16} median {statistics.median(values):8,.0f}  fastest {max(values):8,.0f} readings/s{ratio}")


def search(server, index, after):
    body = {"size": 10000, "_source": ["value"], "sort": [{"value": "asc"}, {"@timestamp": "asc"}], "query": {"range": {"value": {"gt": after}}}}
    return [hit["_source"]["value"] for hit in post(server, f"{index}/_search", json.dumps(body).encode())["hits"]["hits"]]


def faults(side, server, index, records, label):
    post(server, f"{index}/_refresh")
    scale = 100 if side == "ours" else 1
    seen, stored, after = set(), 0, -1
    while page := search(server, index, after):
        if len(page) == 10000:
            # Equal values must not be torn apart between two pages.
            page = [value for value in page if value != page[-1]] or page
        stored += len(page)
        seen.update(round(value * scale) for value in page)
        after = page[-1]
    print(f"{side:16} {records:10,} {records - len(seen):10,} {stored - len(seen):10,}  {label}")


match sys.argv[1:]:
    case ["await", server, index, records, patience]:
        wait(server, index, int(records), float(patience))
    case ["rates", path]:
        rates(path)
    case ["faults", side, server, index, records, label]:
        faults(side, server, index, int(records), label)
    case other:
        sys.exit(__doc__)
