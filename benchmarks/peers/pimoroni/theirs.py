"""The Python packages for the Enviro hats over recorded bytes, one JSON request a line: the values of a case, or the time of a round.

Usage: theirs.py FOLDER-OF-PIMORONI'S-PACKAGES FOLDER-OF-RPI.BME280
Buses, pins and the sound card are replaced at the seam where the packages import them; waits take no time.
"""
import base64
import contextlib
import datetime
import importlib
import json
import sys
import time
import types

SLEEPS = []
time.sleep = SLEEPS.append


class Registers:
    """An smbus of one chip that shows a recorded image; what is written changes nothing."""

    def __init__(self, image):
        self.image = bytes.fromhex(image)
        self.transfers = 0

    def read_i2c_block_data(self, address, register, length):
        self.transfers += 1
        return list(self.image[register:register + length])

    def read_byte_data(self, address, register):
        return self.read_i2c_block_data(address, register, 1)[0]

    def read_word_data(self, address, register):
        return int.from_bytes(self.read_i2c_block_data(address, register, 2), "little")

    def write_i2c_block_data(self, address, register, values):
        self.transfers += 1

    def write_byte_data(self, address, register, value):
        self.transfers += 1


class Conversions:
    """An smbus of an ADS1015 that has always finished and shows the word that was recorded for the input and range in its config."""

    def __init__(self, words):
        self.words = words
        self.config = 0x8583
        self.transfers = 0

    def read_i2c_block_data(self, address, register, length):
        self.transfers += 1
        word = self.config | 0x8000 if register == 1 else self.words[self.config >> 9 & 0x3F]
        return [word >> 8, word & 0xFF][:length]

    def write_i2c_block_data(self, address, register, values):
        self.transfers += 1
        if register == 1:
            # The package writes the single byte of an ADS1115's rate here, as it is.
            self.config = values[0] << 8 | (values[1] if len(values) > 1 else self.config & 0xFF)


class Serial:
    def __init__(self, stream):
        self.stream = bytes.fromhex(stream)
        self.position = 0

    def read(self, count):
        start, self.position = self.position, min(self.position + count, len(self.stream))
        return self.stream[start:self.position]

    def flushInput(self):
        pass

    @property
    def is_empty(self):
        return self.position == len(self.stream)


class Spi:
    """Keeps what is sent as [level of the data pin, hex], and the waits between."""

    BUFFER = 4096

    def __init__(self, pin):
        self.pin = pin
        self.log = []
        self.keep = True

    def xfer3(self, values):
        if self.keep:
            SLEEPS and self.log.append([2, sum(SLEEPS)])
            SLEEPS.clear()
            self.log.append([self.pin.level, bytes(values).hex()])

    @property
    def transfers(self):
        """The kernel takes a buffer at a time."""
        return sum(-(-len(data) // 2 // self.BUFFER) for level, data in self.log if level != 2)

    @property
    def bytes(self):
        return sum(len(data) // 2 for level, data in self.log if level != 2)


class Pin:
    level = 0

    def set_value(self, offset, value):
        self.level = value


class Picture:
    """As much of a PIL image as the package uses."""

    def __init__(self, rgb, numpy):
        self.array = numpy.frombuffer(base64.b64decode(rgb), dtype="uint8").reshape(80, 160, 3)

    def convert(self, mode):
        return self.array


def replace(name, **members):
    module = types.ModuleType(name)
    module.__dict__.update(members)
    sys.modules[name] = module
    return module


replace("gpiod", LineSettings=lambda **settings: settings)
replace("gpiod.line", Direction=types.SimpleNamespace(OUTPUT=1), Value=types.SimpleNamespace(ACTIVE=1, INACTIVE=0))
replace("gpiodevice", get_pin=lambda pin, label, settings: (Pin(), 0))
replace("pytz", UTC=datetime.timezone.utc)
smbus2 = replace("smbus2", SMBus=None)
serial = replace("serial", Serial=None)
spidev = replace("spidev", SpiDev=None)
sounddevice = replace("sounddevice", rec=None)


class PimoroniBme280:
    def __init__(self, case):
        self.bus = Registers(case["registers"])
        self.sensor = importlib.import_module("bme280").BME280(i2c_dev=self.bus)
        self.sample()

    def sample(self):
        self.sensor.update_sensor()

    def values(self):
        before = self.bus.transfers
        self.sample()
        return {
            "temperature, °C": self.sensor.temperature,
            "pressure, Pa": self.sensor.pressure * 100,
            "humidity, %": self.sensor.humidity,
            "transfers": self.bus.transfers - before,
        }


class RpiBme280:
    def __init__(self, case):
        self.module = rpi_bme280
        self.bus = Registers(case["registers"])
        self.calibration = self.module.load_calibration_params(self.bus)

    def sample(self):
        return self.module.sample(self.bus, compensation_params=self.calibration)

    def values(self):
        before = self.bus.transfers
        reading = self.sample()
        return {
            "temperature, °C": reading.temperature,
            "pressure, Pa": reading.pressure * 100,
            "humidity, %": reading.humidity,
            "transfers": self.bus.transfers - before,
        }


class Ltr559:
    def __init__(self, case):
        self.bus = Registers(case["registers"])
        self.sensor = importlib.import_module("ltr559").LTR559(i2c_dev=self.bus)

    def sample(self):
        self.sensor.update_sensor()

    def values(self):
        before = self.bus.transfers
        self.sample()
        return {
            "illuminance, lx": self.sensor.get_lux(passive=True),
            "proximity, counts": self.sensor.get_proximity(passive=True),
            "transfers": self.bus.transfers - before,
        }


class Ads1015:
    def __init__(self, case):
        self.bus = Conversions(case["words"])
        self.channel = case["channel"]
        self.sensor = importlib.import_module("ads1015").ADS1015(i2c_addr=0x49, i2c_dev=self.bus)
        self.sensor.detect_chip_type()
        self.sensor.set_mode("single")
        self.sensor.set_sample_rate(1600)
        self.sensor.set_programmable_gain(case["range"])

    def sample(self):
        return self.sensor.get_voltage(self.channel)

    def values(self):
        before = self.bus.transfers
        volts = self.sample()
        return {"voltage, V": volts, "transfers": self.bus.transfers - before}


class Mics6814:
    def __init__(self, case):
        self.bus = Conversions(case["words"])
        smbus2.SMBus = lambda number: self.bus
        self.gas = importlib.import_module("enviroplus.gas")
        self.gas._is_setup = False
        self.sample()

    def sample(self):
        return self.gas.read_all()

    def values(self):
        before = self.bus.transfers
        reading = self.sample()
        return {
            "oxidising, ohm": reading.oxidising,
            "reducing, ohm": reading.reducing,
            "ammonia, ohm": reading.nh3,
            "transfers": self.bus.transfers - before,
        }


class Pms5003:
    def __init__(self, case):
        self.line = Serial(case["stream"])
        serial.Serial = lambda device, baudrate, timeout: self.line
        self.sensor = importlib.import_module("pms5003").PMS5003()

    def sample(self):
        if self.line.is_empty:
            self.line.position = 0
        return self.sensor.read()

    def values(self):
        frames, errors, last = 0, 0, None
        while not self.line.is_empty:
            try:
                last = self.sensor.read().pm_ug_per_m3(2.5, atmospheric_environment=True)
                frames += 1
            except Exception:
                errors += 1
        return {"readings": frames, "exceptions": errors, "last PM2.5, µg/m³": last}


class St7735:
    def __init__(self, case):
        self.numpy = importlib.import_module("numpy")
        pin = Pin()
        self.spi = Spi(pin)
        spidev.SpiDev = lambda port, chip_select: self.spi
        sys.modules["gpiodevice"].get_pin = lambda name, label, settings: (pin if name == "GPIO9" else Pin(), 0)
        SLEEPS.clear()
        self.display = importlib.import_module("st7735").ST7735(
            port=0, cs=1, dc="GPIO9", backlight="GPIO12", rotation=270, spi_speed_hz=10000000)
        self.pictures = [Picture(rgb, self.numpy) for rgb in case["pictures"]]
        self.turn = 0

    def sample(self):
        self.spi.keep = False
        self.turn += 1
        self.display.display(self.pictures[self.turn % len(self.pictures)])

    def values(self):
        logs = [self.spi.log]
        values = {}
        for index, picture in enumerate(self.pictures):
            self.spi.log = []
            self.display.display(picture)
            logs.append(self.spi.log)
            values[f"transfers {index}"] = self.spi.transfers
            values[f"bytes {index}"] = self.spi.bytes
        return values | {"logs": logs}


class Noise:
    def __init__(self, case):
        numpy = importlib.import_module("numpy")
        recording = numpy.frombuffer(base64.b64decode(case["samples"]), dtype="float64").reshape(-1, 1)
        sounddevice.rec = lambda frames, **options: recording[:frames]
        self.noise = importlib.import_module("enviroplus.noise").Noise(sample_rate=48000, duration=1)

    def sample(self):
        return self.noise.get_noise_profile()

    def values(self):
        return {"level": float(self.sample()[3])}


DEVICES = {
    "pimoroni-bme280": PimoroniBme280,
    "RPi.bme280": RpiBme280,
    "ltr559": Ltr559,
    "ads1015": Ads1015,
    "enviroplus.gas": Mics6814,
    "pms5003": Pms5003,
    "st7735": St7735,
    "enviroplus.noise": Noise,
}


def time_of(device, samples):
    start = time.perf_counter()
    for _ in range(samples):
        device.sample()
    return (time.perf_counter() - start) / samples


def answer(request, devices={}):
    name = request["device"]
    if "samples" in request:
        if name not in devices:
            devices[name] = DEVICES[name](request["case"])
        return {"seconds": time_of(devices[name], request["samples"])}
    try:
        return {"values": DEVICES[name](request["case"]).values()}
    except Exception as error:
        return {"error": f"{type(error).__name__}: {error}"}


sys.path.insert(0, sys.argv[2])
rpi_bme280 = importlib.import_module("bme280")
for module in [name for name in sys.modules if name.split(".")[0] == "bme280"]:
    del sys.modules[module]
sys.path[0] = sys.argv[1]

replies, sys.stdout = sys.stdout, sys.stderr
with contextlib.suppress(KeyboardInterrupt):
    for line in sys.stdin:
        print(json.dumps(answer(json.loads(line))), file=replies, flush=True)
        SLEEPS.clear()
