// The Vega-Lite specifications of the Kibana dashboard. What stands between percent signs is Kibana's to fill in.
import { quantities } from './quantities.mjs';

const schema = 'https://vega.github.io/schema/vega-lite/v5.json';

// Dark text is read on these on a light and on a dark page.
const cells = { blue: '#a6c8f0', green: '#b2dfb6', yellow: '#f3e08f', orange: '#f8c58a', red: '#f5a39a', grey: '#d5dbe5' };

const search = (filter, aggs) => ({
  url: {
    index: 'metrics-electricbrain.*',
    body: {
      size: 0,
      query: {
        bool: {
          must: ['%dashboard_context-must_clause%'],
          filter: ['%dashboard_context-filter_clause%', { range: { '@timestamp': { '%timefilter%': true } } }, ...filter],
          must_not: ['%dashboard_context-must_not_clause%'],
        },
      },
      aggs: { host: terms('host.name', { device: terms('device.id', aggs) }) },
    },
  },
  format: { property: 'aggregations.host.buckets' },
});

const terms = (field, aggs) => ({ terms: { field, size: 500 }, aggs });

const overTime = (buckets, aggs) => ({
  date_histogram: {
    field: '@timestamp', interval: { '%autointerval%': buckets }, min_doc_count: 0,
    extended_bounds: { min: { '%timefilter%': 'min' }, max: { '%timefilter%': 'max' } },
  },
  ...(aggs ? { aggs } : {}),
});

const flatten = (path, as) => ({ flatten: [path], as: [as] });

const calculate = (as, expression) => ({ calculate: expression, as });

// "width" is that of a bucket: the least distance of two.
const bucketWidth = [
  { window: [{ op: 'lag', field: 'at', as: 'before' }], sort: [{ field: 'at' }], groupby: ['series'] },
  calculate('distance', 'datum.before == null ? null : datum.at - datum.before'),
  { joinaggregate: [{ op: 'min', field: 'distance', as: 'width' }] },
];

// Days by their name, else the time of day; as many as have room.
const timeAxis = {
  field: 'at', type: 'temporal',
  axis: { title: null, grid: false, tickCount: { expr: 'ceil(width / 90)' }, labelOverlap: true, labelSeparation: 8, labelExpr: "timeFormat(datum.value, hours(datum.value) + minutes(datum.value) > 0 ? '%H:%M' : '%a %d %b')" },
};

const deviceAxis = { title: null, labelFontSize: 12, labelLimit: 260, labelPadding: 8, domain: false, ticks: false };

// Where values span orders of magnitude, labels at the orders alone.
const ticks = { symlog: { values: [0, 10, 100, 1000, 10_000, 100_000] }, log: { values: [0.1, 0.3, 1, 3, 10, 30, 100, 300, 1000, 3000, 10_000] } };

const name = calculate('name', "datum.key + ' · ' + datum.device.key");

const lookup = (map, key) => `(${JSON.stringify(map)})[${key}]`;

/** The history of one quantity: a line for each device and type, broken where there are no readings. */
export function history(quantity) {
  const { types, factor, suffix, decimals, limit } = quantity;
  const several = types.length > 1;
  const labels = Object.fromEntries(types.map(({ type, label }) => [type, label ?? '']));
  const format = `.${decimals}f`;
  const x = timeAxis;
  const y = {
    field: 'reading', type: 'quantitative',
    axis: { title: `${suffix}`, titleAngle: 0, titleAlign: 'left', titleAnchor: 'end', titleX: -28, titleY: -8, tickCount: 5, format: '~f', ...ticks[quantity.scale] },
    scale: quantity.scale === 'log' ? { type: 'log', nice: true } : quantity.scale === 'symlog' ? { type: 'symlog', constant: 10, zero: true } : { zero: quantity.zero ?? false, nice: true },
  };
  const dash = several
    ? { strokeDash: { field: 'label', type: 'nominal', sort: null, scale: { domain: types.map((one) => one.label), range: [[1, 0], [2, 3], [7, 3]] }, legend: { title: null, orient: 'top', symbolType: 'stroke', symbolSize: 500, encode: { symbols: { update: { stroke: { value: '#8a94a6' }, strokeWidth: { value: 2 }, opacity: { value: 1 } } } } } } }
    : {};
  return {
    $schema: schema,
    padding: { left: 5, right: 12, top: 14, bottom: 5 },
    data: search(
      [{ terms: { 'sensor.type': types.map((one) => one.type) } }],
      { type: terms('sensor.type', { time: overTime(200, { value: { avg: { field: 'value' } } }) }) },
    ),
    transform: [
      flatten('device.buckets', 'device'),
      flatten('device.type.buckets', 'type'),
      flatten('type.time.buckets', 'time'),
      name,
      calculate('label', lookup(labels, 'datum.type.key')),
      calculate('series', "datum.name + ' ' + datum.label"),
      calculate('at', 'datum.time.key'),
      ...bucketWidth,
      calculate('reading', `datum.time.value.value == null ? null : datum.time.value.value * ${factor}`),
    ],
    layer: [
      // Empty buckets too, so that the axis runs over the whole time range.
      { mark: { type: 'tick', opacity: 0, tooltip: null }, encoding: { x } },
      {
        transform: [
          { filter: 'isValid(datum.reading)' },
          { window: [{ op: 'lag', field: 'at', as: 'last' }], sort: [{ field: 'at' }], groupby: ['series'] },
          // A line goes on over buckets without a reading for 5 minutes, or for 3 buckets where they are longer.
          calculate('starts', 'datum.last == null || datum.at - datum.last > max(300000, 3 * datum.width) ? 1 : 0'),
          { window: [{ op: 'sum', field: 'starts', as: 'stretch' }], sort: [{ field: 'at' }], groupby: ['series'] },
        ],
        mark: { type: 'line', interpolate: 'monotone', strokeWidth: several ? 1.5 : 2, point: { size: 6, strokeWidth: 0 }, clip: true },
        encoding: {
          x,
          y,
          color: { field: 'name', type: 'nominal', legend: { title: null, orient: 'top', symbolType: 'circle' } },
          ...dash,
          detail: [{ field: 'series' }, { field: 'stretch' }],
          tooltip: [
            { field: 'at', type: 'temporal', title: 'time', format: '%d %b %H:%M' },
            { field: 'name', title: 'device' },
            ...(several ? [{ field: 'label', title: 'type' }] : []),
            { field: 'reading', type: 'quantitative', title: suffix, format },
          ],
        },
      },
      ...(limit ? limitLine(limit) : []),
    ],
  };
}

function limitLine({ value, text }) {
  const y = { datum: value, type: 'quantitative' };
  return [
    { data: { values: [{}] }, mark: { type: 'rule', color: '#e07b39', strokeDash: [6, 4], tooltip: null }, encoding: { y } },
    { data: { values: [{}] }, mark: { type: 'text', text, color: '#e07b39', align: 'right', dy: -6, x: 'width', tooltip: null }, encoding: { y } },
  ];
}

/** The newest value of every sensor, and how long ago each device was last heard of. */
export function now() {
  const kinds = quantities.map((quantity) => [quantity.types[0].type, quantity]);
  const map = (value) => Object.fromEntries(kinds.map(([type, quantity]) => [type, value(quantity)]));
  const text = (quantity) => `.${quantity.decimals}f`;
  const headings = ['Last seen', ...quantities.map(heading)];
  const level = kinds.map(([type, { levels }]) => `datum.type.key == '${type}' ? (${[...levels].reverse().map(([colour, from]) => from === undefined ? `'${colour}'` : `datum.reading >= ${from} ? '${colour}' : `).join('')})`).join(' : ');
  const x = { field: 'heading', type: 'nominal', sort: headings, scale: { domain: headings, paddingInner: 0.06 }, axis: { orient: 'top', title: null, labelAngle: 0, labelFontSize: 12, domain: false, ticks: false } };
  const y = { field: 'name', type: 'nominal', scale: { paddingInner: 0.12 }, axis: deviceAxis };
  const cell = (steps) => {
    const transform = [...steps, calculate('taken', "timeFormat(datum.at, '%d %b %H:%M:%S')")];
    return [{
      transform,
      mark: { type: 'rect', cornerRadius: 4 },
      encoding: {
        x, y,
        color: { field: 'level', type: 'nominal', scale: { domain: Object.keys(cells), range: Object.values(cells) }, legend: null },
        tooltip: [{ field: 'name', title: 'device' }, { field: 'heading', title: 'quantity' }, { field: 'text', title: 'value' }, { field: 'taken', title: 'taken' }],
      },
    }, {
      transform, mark: { type: 'text', fontSize: 13, color: '#1a1c21', tooltip: null }, encoding: { x, y, text: { field: 'text' } },
    }];
  };
  return {
    $schema: schema,
    padding: 8,
    data: search([{ terms: { 'sensor.type': kinds.map(([type]) => type) } }], {
      type: terms('sensor.type', { latest: { top_hits: { size: 1, sort: [{ '@timestamp': 'desc' }], _source: false, docvalue_fields: [{ field: '@timestamp', format: 'epoch_millis' }, 'value'] } } }),
    }),
    transform: [
      flatten('device.buckets', 'device'),
      flatten('device.type.buckets', 'type'),
      name,
      calculate('hit', 'datum.type.latest.hits.hits[0].fields'),
      calculate('at', "toNumber(datum.hit['@timestamp'][0])"),
      calculate('reading', `datum.hit.value[0] * ${lookup(map((quantity) => quantity.factor), 'datum.type.key')}`),
    ],
    layer: [
      ...cell([
        calculate('heading', lookup(map(heading), 'datum.type.key')),
        calculate('level', level + " : 'grey'"),
        calculate('text', `format(datum.reading, ${lookup(map(text), 'datum.type.key')}) + ' ' + ${lookup(map((quantity) => quantity.suffix), 'datum.type.key')}`),
      ]),
      ...cell([
        { aggregate: [{ op: 'max', field: 'at', as: 'at' }], groupby: ['name'] },
        calculate('heading', "'Last seen'"),
        calculate('age', 'max(0, (now() - datum.at) / 1000)'),
        calculate('level', "datum.age >= 3600 ? 'red' : datum.age >= 300 ? 'orange' : 'green'"),
        calculate('text', "datum.age < 100 ? format(datum.age, '.0f') + ' s ago' : datum.age < 6000 ? format(datum.age / 60, '.0f') + ' min ago' : datum.age < 172800 ? format(datum.age / 3600, '.0f') + ' h ago' : format(datum.age / 86400, '.0f') + ' d ago'"),
      ]),
    ],
  };
}

const heading = ({ short, title }) => short ?? title;

/** When each device delivered, with the worst that is known of those readings; a gap is a gap. */
export function delivery() {
  const states = { 'in time': '#7fbf8e', late: '#6092c0', 'clock corrected': '#e3c24b', 'clock not set': '#d9534f' };
  return {
    $schema: schema,
    padding: 8,
    data: search([], {
      time: overTime(150, {
        late: { filter: { wildcard: { _index: '*electricbrain.late-*' } } },
        corrected: { filter: { term: { clock: 'corrected' } } },
        unsynchronised: { filter: { term: { clock: 'unsynchronised' } } },
      }),
    }),
    transform: [
      flatten('device.buckets', 'device'),
      flatten('device.time.buckets', 'time'),
      name,
      calculate('series', 'datum.name'),
      calculate('at', 'datum.time.key'),
      ...bucketWidth,
      // A little longer than the bucket, so that no seam shows between two.
      calculate('end', 'datum.at + 1.03 * datum.width'),
      calculate('readings', 'datum.time.doc_count'),
      calculate('state', "datum.time.unsynchronised.doc_count > 0 ? 'clock not set' : datum.time.corrected.doc_count > 0 ? 'clock corrected' : datum.time.late.doc_count > 0 ? 'late' : 'in time'"),
    ],
    layer: [
      { mark: { type: 'tick', opacity: 0, tooltip: null }, encoding: { x: timeAxis } },
      {
        transform: [{ filter: 'datum.readings > 0' }],
        mark: { type: 'rect', height: { band: 0.7 } },
        encoding: {
          x: timeAxis,
          x2: { field: 'end' },
          y: { field: 'name', type: 'nominal', axis: deviceAxis },
          color: { field: 'state', type: 'nominal', scale: { domain: Object.keys(states), range: Object.values(states) }, legend: { title: null, orient: 'top', symbolType: 'square' } },
          tooltip: [
            { field: 'at', type: 'temporal', title: 'from', format: '%d %b %H:%M' },
            { field: 'name', title: 'device' },
            { field: 'readings', type: 'quantitative', title: 'readings', format: ',' },
            { field: 'state', title: 'state' },
          ],
        },
      },
    ],
  };
}
