"""Appends numbered readings to a file, one JSON document a line: FILE RECORDS RATE ORIGIN. The same documents that ElectricBrain sends, the value being the number."""
import sys
import time
from datetime import datetime, timezone

path, records, rate, origin = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
SERIES = 20
start = time.monotonic()
with open(path, "a", buffering=1 << 16) as file:
    for number in range(records):
        at = datetime.fromtimestamp((origin + number // SERIES * 10) / 1000, timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        file.write(
            f'{{"@timestamp":"{at}","host":{{"name":"shipped"}},"device":{{"id":"enviro"}},'
            f'"sensor":{{"id":"bme280.temperature-{number % SERIES}","type":"temperature","unit":"Cel"}},"value":{number}}}\n')
        if rate and number % 100 == 99:
            file.flush()
            time.sleep(max(0.0, (number + 1) / rate - (time.monotonic() - start)))
