"""A-weighted Leq of one second at 48 kHz with SciPy's second-order sections in C, as {"seconds": ..., "level": ..., "error_16k": ...}.

The fastest of several rounds. The filter is the usual one in Python: the analog poles through the bilinear transform.
"""
import json
import time

import numpy
from scipy import signal

RATE = 48_000
ROUNDS = 200
POLES = 2 * numpy.pi * numpy.array([20.598997, 20.598997, 107.652649, 737.862231, 12194.217148, 12194.217148])


def a_weighting():
    zeros, poles, gain = signal.bilinear_zpk(numpy.zeros(4), -POLES, 1.0, RATE)
    at_reference = signal.freqz_zpk(zeros, poles, gain, [1000], fs=RATE)[1][0]
    return signal.zpk2sos(zeros, poles, gain / abs(at_reference))


def analog_decibels(hertz):
    response = signal.freqs_zpk(numpy.zeros(4), -POLES, 1.0, 2 * numpy.pi * numpy.array([hertz, 1000.0]))[1]
    return 20 * numpy.log10(abs(response[0]) / abs(response[1]))


sections = a_weighting()
time_axis = numpy.arange(RATE) / RATE
samples = 0.1 * numpy.sin(2 * numpy.pi * 1000 * time_axis)
state = numpy.zeros((sections.shape[0], 2))
best = float("inf")
for _ in range(ROUNDS):
    start = time.perf_counter()
    weighted, state = signal.sosfilt(sections, samples, zi=state)
    level = 10 * numpy.log10(numpy.dot(weighted, weighted) / RATE)
    best = min(best, time.perf_counter() - start)
digital = 20 * numpy.log10(abs(signal.sosfreqz(sections, [16_000], fs=RATE)[1][0]))
print(json.dumps({"seconds": best, "level": level, "error_16k": digital - analog_decibels(16_000)}))
