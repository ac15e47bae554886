"""Time of one full BME280 sample with Pimoroni's driver over fixed registers, the fastest of several rounds, as {"seconds": ..., "temperature": ...}."""
import json
import time

import bme280

REGISTERS = bytearray(256)
REGISTERS[0x88:0xA2] = bytes.fromhex("3270D06832003A8E1BD6D00B152464FFF9FF0C3020D18813004B")
REGISTERS[0xE1:0xE8] = bytes.fromhex("4C01001920031E")
REGISTERS[0xD0] = 0x60
REGISTERS[0xF7:0xFF] = bytes.fromhex("4EBAC07FE3008E1A")
ROUNDS = 30
SAMPLES = 2000


class FixedBus:
    def read_i2c_block_data(self, address, register, length):
        return list(REGISTERS[register:register + length])

    def write_i2c_block_data(self, address, register, values):
        pass


sensor = bme280.BME280(i2c_dev=FixedBus())
sensor.update_sensor()
rounds = []
for _ in range(ROUNDS):
    start = time.perf_counter()
    for _ in range(SAMPLES):
        sensor.update_sensor()
    rounds.append((time.perf_counter() - start) / SAMPLES)
print(json.dumps({"seconds": min(rounds), "temperature": sensor.temperature}))
