"""What the run script measured: `rates FILE`, or `faults SIDE SERVER INDEX RECORDS`."""
import json
import statistics
import sys
import urllib.request


def rates(path):
    rounds = {}
    for line in open(path):
        side, rate, *warm_up = line.split()
        if not warm_up:
            rounds.setdefault(side, []).append(float(rate.replace(",", "")))
    for side, values in rounds.items():
        ratio = "" if side == "ours" else f"  ours is {statistics.median(rounds['ours']) / statistics.median(values):.1f} times it by the median, {max(rounds['ours']) / max(values):.1f} by the fastest round"
        print(f"{side:10} median {statistics.median(values):8,.0f}  fastest {max(values):8,.0f} readings/s{ratio}")


def search(server, index, after):
    body = {"size": 10000, "_source": ["value"], "sort": [{"value": "asc"}, {"@timestamp": "asc"}], "query": {"range": {"value": {"gt": after}}}}
    request = urllib.request.Request(f"{server}/{index}/_search", json.dumps(body).encode(), {"Content-Type": "application/json"})
    return [hit["_source"]["value"] for hit in json.load(urllib.request.urlopen(request, timeout=60))["hits"]["hits"]]


def faults(side, server, index, records):
    urllib.request.urlopen(urllib.request.Request(f"{server}/{index}/_refresh", b"", {"Content-Type": "application/json"}), timeout=60)
    scale = 100 if side == "ours" else 1
    seen, stored, after = set(), 0, -1
    while page := search(server, index, after):
        if len(page) == 10000:
            # Equal values must not be torn apart between two pages.
            page = [value for value in page if value != page[-1]] or page
        stored += len(page)
        seen.update(round(value * scale) for value in page)
        after = page[-1]
    print(f"{side:10} {records:,} readings, {stored:,} documents: lost {records - len(seen):,}, doubled {stored - len(seen):,}")


if sys.argv[1] == "rates":
    rates(sys.argv[2])
else:
    faults(sys.argv[2], sys.argv[3], sys.argv[4], int(sys.argv[5]))
