// What the dashboards show, in order. A person changes this, runs `npm run build`, and all of them follow.
//
// type       sensor.type of the series (samples/SensorAgent/EnviroRecordMapping.cs), with a label where a chart has several
// short      the title where there is little room: of the first type, where there are several
// factor     what a stored value is multiplied with to be in the unit shown
// grafana    the id of the unit in Grafana; suffix and decimals are for Kibana, which has none
// levels     colours from a value on, coarse enough for any room; the first one is for everything below
// limit      a line across the chart
// scale      how the axis runs; "linear" unless the values span orders of magnitude

export const quantities = [
  {
    id: 'temperature', title: 'Temperature', row: 'Climate',
    types: [{ type: 'temperature' }],
    factor: 1, grafana: 'celsius', suffix: '°C', decimals: 1,
    levels: [['blue'], ['green', 18], ['orange', 26], ['red', 30]],
  },
  {
    id: 'humidity', title: 'Relative humidity', short: 'Humidity', row: 'Climate',
    types: [{ type: 'humidity' }],
    factor: 1, grafana: 'percent', suffix: '%', decimals: 0,
    levels: [['orange'], ['green', 30], ['blue', 65]],
  },
  {
    id: 'pressure', title: 'Air pressure', short: 'Pressure', row: 'Climate',
    types: [{ type: 'pressure' }],
    factor: 0.01, grafana: 'pressurehpa', suffix: 'hPa', decimals: 1,
    levels: [['grey']],
  },
  {
    id: 'light', title: 'Light', row: 'Light and sound',
    types: [{ type: 'illuminance' }],
    factor: 1, grafana: 'lux', suffix: 'lx', decimals: 0, scale: 'symlog',
    levels: [['grey']],
  },
  {
    id: 'sound', title: 'Sound level', short: 'Sound', row: 'Light and sound',
    types: [{ type: 'sound_level' }],
    factor: 1, grafana: 'dB', suffix: 'dB', decimals: 0,
    levels: [['green'], ['yellow', 60], ['orange', 75], ['red', 85]],
  },
  {
    // WHO global air quality guidelines 2021: PM2.5 over 24 hours 15, interim targets 25 and 50 µg/m³.
    id: 'particles', title: 'Particles', short: 'PM2.5', row: 'Air',
    types: [{ type: 'pm2_5', label: 'PM2.5' }, { type: 'pm1', label: 'PM1' }, { type: 'pm10', label: 'PM10' }],
    factor: 1, grafana: 'conμgm3', suffix: 'µg/m³', decimals: 0, zero: true,
    levels: [['green'], ['yellow', 15], ['orange', 25], ['red', 50]],
    limit: { value: 15, text: 'PM2.5 over 24 h: 15 µg/m³ (WHO)' },
  },
  {
    // Resistances of the sensor's elements: they tell a change, not a concentration.
    id: 'gases', title: 'Gas sensor resistance', short: 'Oxidising gases', row: 'Air',
    types: [{ type: 'oxidising_gases', label: 'oxidising' }, { type: 'reducing_gases', label: 'reducing' }, { type: 'ammonia', label: 'ammonia' }],
    factor: 0.001, grafana: 'kohm', suffix: 'kΩ', decimals: 1, scale: 'log',
    levels: [['grey']],
  },
  {
    // The firmware of a Raspberry Pi slows the processor down from 80 °C on.
    id: 'cpu', title: 'Processor temperature', short: 'Processor', row: 'Machines',
    types: [{ type: 'cpu_temperature' }],
    factor: 1, grafana: 'celsius', suffix: '°C', decimals: 0,
    levels: [['green'], ['yellow', 60], ['orange', 70], ['red', 80]],
    limit: { value: 80, text: 'a Pi slows down' },
  },
];

export const rows = [...new Set(quantities.map((quantity) => quantity.row))];
