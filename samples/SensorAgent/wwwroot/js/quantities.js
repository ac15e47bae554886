// The quantities in the order of the page. `field` and `factor` lead from a reading document to the shown unit;
// `least` is the smallest span of the vertical axis, so that noise is not shown as weather.
const fixed = digits => value => value.toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits, useGrouping: "min2" });

export const quantities = [
  {
    id: "temperature", label: "Temperature", sensor: "bme280", field: "temperatureCelsius", unit: "°C", factor: 1, least: 1,
    format: fixed(1), detail: fixed(2), icon: "M12 3a2 2 0 0 0-2 2v9a4.5 4.5 0 1 0 4 0V5a2 2 0 0 0-2-2Zm0 6.5V17",
  },
  {
    id: "humidity", label: "Humidity", sensor: "bme280", field: "relativeHumidityPercent", unit: "%", factor: 1, least: 2, floor: 0, ceiling: 100,
    format: fixed(1), detail: fixed(2), icon: "M12 3.5c3.5 4 6 7 6 10.2a6 6 0 0 1-12 0c0-3.2 2.500-6.200 6-10.200Zm-2.800 10.500a3 3 0 0 0 2.800 3",
  },
  {
    id: "pressure", label: "Pressure", sensor: "bme280", field: "pressurePascals", unit: "hPa", factor: 0.01, least: 1, floor: 0,
    format: fixed(1), detail: fixed(2), icon: "M4.500 17a8.500 8.500 0 1 1 15 0M12 14.500l3.500-5M7 12h.01M12 8h.01M17 12.500h.01M12 14.500h.01",
  },
  {
    id: "illuminance", label: "Light", sensor: "ltr559", field: "illuminanceLux", unit: "lx", factor: 1, least: 10, floor: 0,
    format: value => fixed(value < 10 ? 1 : 0)(value), detail: value => fixed(value < 100 ? 2 : 1)(value),
    icon: "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8ZM12 2.500v2M12 19.500v2M2.500 12h2M19.500 12h2M5.300 5.300l1.400 1.400M17.300 17.300l1.400 1.400M5.300 18.700l1.400-1.400M17.300 6.700l1.400-1.400",
  },
  {
    id: "proximity", label: "Proximity", sensor: "ltr559", field: "proximityCounts", unit: "counts", factor: 1, least: 20, floor: 0, ceiling: 2047,
    format: fixed(0), detail: value => fixed(Number.isInteger(value) ? 0 : 1)(value), icon: "M12 17.500h.01M8.500 14.500a5 5 0 0 1 7 0M5.700 11.500a9 9 0 0 1 12.600 0M3 8.500a13 13 0 0 1 18 0",
  },
];
