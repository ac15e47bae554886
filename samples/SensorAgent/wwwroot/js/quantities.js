// The quantities in the order of the page. `value` and `factor` lead from a reading document to the shown unit; `facts` are what a
// card tells beside it; `least` is the smallest span of the vertical axis, so that noise is not shown as weather.
const fixed = digits => value => value.toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits, useGrouping: "min2" });
const known = (label, value, format, unit) => (value === null || value === undefined ? [] : [[label, `${format(value)} ${unit}`]]);

// Three digits, whatever the size: a unit's clean air can have 800 Ω or 1.5 MΩ.
const kilo = value => fixed(value < 10 ? 2 : value < 100 ? 1 : 0)(value);
const gas = (id, label, pick, hint) => ({
  id, label, sensor: "mics6814", value: reading => pick(reading.gas)?.ohms ?? null, unit: "kΩ", factor: 0.001, least: 0.5, floor: 0,
  format: kilo, detail: value => fixed(value < 10 ? 3 : value < 100 ? 2 : 1)(value),
  facts: reading => {
    const element = pick(reading.gas);
    return !element || element.ratio === null ? [] : [["of clean air", `${fixed(2)(element.ratio)}×`], ...known(`${hint}, if alone`, element.indicativePpm, kilo, "ppm")];
  },
  icon: "M4 17c2-2.500 4-2.500 6 0s4 2.500 6 0 3-2.200 4-2.200M4 12.500c2-2.500 4-2.500 6 0s4 2.500 6 0 3-2.200 4-2.200M4 8c2-2.500 4-2.500 6 0s4 2.500 6 0 3-2.200 4-2.200",
});

export const quantities = [
  {
    id: "temperature", label: "Temperature", sensor: "bme280", value: reading => reading.temperatureCelsius, unit: "°C", factor: 1, least: 1,
    format: fixed(1), detail: fixed(2), icon: "M12 3a2 2 0 0 0-2 2v9a4.5 4.5 0 1 0 4 0V5a2 2 0 0 0-2-2Zm0 6.5V17",
    facts: reading => [
      ...known("feels", reading.apparentTemperatureCelsius, fixed(1), "°C"),
      ...known("heat index", reading.heatIndexCelsius, fixed(0), "°C"),
      ...known("measured", reading.rawTemperatureCelsius, fixed(1), "°C"),
    ],
  },
  {
    id: "humidity", label: "Humidity", sensor: "bme280", value: reading => reading.relativeHumidityPercent, unit: "%", factor: 1, least: 2, floor: 0, ceiling: 100,
    format: fixed(1), detail: fixed(2), icon: "M12 3.5c3.5 4 6 7 6 10.2a6 6 0 0 1-12 0c0-3.2 2.500-6.200 6-10.200Zm-2.800 10.500a3 3 0 0 0 2.800 3",
    facts: reading => [
      ...known("dew point", reading.dewPointCelsius, fixed(1), "°C"),
      ...known("water", reading.absoluteHumidityGramsPerCubicMetre, fixed(1), "g/m³"),
    ],
  },
  {
    id: "pressure", label: "Pressure", sensor: "bme280", value: reading => reading.pressurePascals, unit: "hPa", factor: 0.01, least: 1, floor: 0,
    format: fixed(1), detail: fixed(2), icon: "M4.500 17a8.500 8.500 0 1 1 15 0M12 14.500l3.500-5M7 12h.01M12 8h.01M17 12.500h.01M12 14.500h.01",
    facts: reading => known("at sea level", reading.seaLevelPressurePascals, value => fixed(1)(value / 100), "hPa"),
  },
  {
    id: "illuminance", label: "Light", sensor: "ltr559", value: reading => reading.illuminanceLux, unit: "lx", factor: 1, least: 10, floor: 0,
    format: value => fixed(value < 10 ? 1 : 0)(value), detail: value => fixed(value < 100 ? 2 : 1)(value),
    icon: "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8ZM12 2.500v2M12 19.500v2M2.500 12h2M19.500 12h2M5.300 5.300l1.400 1.400M17.300 17.300l1.400 1.400M5.300 18.700l1.400-1.400M17.300 6.700l1.400-1.400",
  },
  {
    id: "sound_level", label: "Sound", sensor: "microphone", value: reading => reading.sound?.laeqDecibels ?? null, unit: "dB(A)", factor: 1, least: 6,
    format: fixed(1), detail: fixed(1), icon: "M12 3.500a3 3 0 0 0-3 3v5a3 3 0 0 0 6 0v-5a3 3 0 0 0-3-3ZM5.500 11a6.500 6.500 0 0 0 13 0M12 17.500v3M9 20.500h6",
    facts: reading => [
      ...known("max", reading.sound?.lafMaximumDecibels, fixed(0), "dB"),
      ...known("background", reading.sound?.la90Decibels, fixed(0), "dB"),
      ...known("±", reading.sound?.uncertaintyDecibels, fixed(0), "dB"),
    ],
  },
  {
    id: "pm2_5", label: "Particles PM2.5", sensor: "pms5003", value: reading => reading.particles?.pm25MicrogramsPerCubicMetre ?? null, unit: "µg/m³", factor: 1, least: 5, floor: 0,
    format: fixed(0), detail: value => fixed(Number.isInteger(value) ? 0 : 1)(value),
    icon: "M7 8h.01M12 6h.01M17 8.500h.01M9.500 11.500h.01M14.500 12h.01M6.500 15h.01M12 16.500h.01M17.500 15.500h.01M10 20h.01M15 19.500h.01",
    facts: reading => [
      ...known("PM1", reading.particles?.pm1MicrogramsPerCubicMetre, fixed(0), "µg/m³"),
      ...known("PM10", reading.particles?.pm10MicrogramsPerCubicMetre, fixed(0), "µg/m³"),
    ],
  },
  gas("reducing_gases", "Reducing gases", document => document?.reducing, "CO"),
  gas("oxidising_gases", "Oxidising gases", document => document?.oxidising, "NO₂"),
  gas("ammonia", "Ammonia", document => document?.ammonia, "NH₃"),
  {
    id: "proximity", label: "Proximity", sensor: "ltr559", value: reading => reading.proximityCounts, unit: "counts", factor: 1, least: 20, floor: 0, ceiling: 2047,
    format: fixed(0), detail: value => fixed(Number.isInteger(value) ? 0 : 1)(value), icon: "M12 17.500h.01M8.500 14.500a5 5 0 0 1 7 0M5.700 11.500a9 9 0 0 1 12.600 0M3 8.500a13 13 0 0 1 18 0",
  },
];
