// The Grafana dashboard, the same for every store. A store brings its variables and queries: see elasticsearch.mjs and sqlite.mjs.
import { quantities, rows } from './quantities.mjs';

const colours = { grey: 'text', yellow: '#EAB839' };

// Lines are not drawn over more than this without a reading: it is longer than any agent's interval, shorter than an outage.
const gapMilliseconds = 300_000;

export function grafanaDashboard(store) {
  const datasource = { type: store.plugin, uid: '${datasource}' };
  const panels = [];
  let y = 0;

  const place = (x, w, h, panel) => panels.push({ id: panels.length + 1, datasource, gridPos: { x, y, w, h }, ...panel });
  const line = (h, ...parts) => {
    let x = 0;
    for (const [w, panel] of parts) {
      place(x, w, h, panel);
      x += w;
    }

    y += h;
  };
  const row = (title) => {
    panels.push({ id: panels.length + 1, type: 'row', title, collapsed: false, gridPos: { x: 0, y, w: 24, h: 1 }, panels: [] });
    y += 1;
  };
  const targets = (list) => list.map((target, i) => ({ refId: String.fromCharCode(65 + i), datasource, ...target }));

  line(8, [9, devices(targets([store.devices()]), store.devicesColumns)], [15, delivery(store, targets([store.delivery()]))]);
  for (const title of rows) {
    row(title);
    for (const quantity of quantities.filter((one) => one.row === title)) {
      const history = targets(quantity.types.map((one) => store.history(quantity, one)));
      line(8, [6, now(store, quantity, history.slice(0, 1))], [18, chart(store, quantity, history)]);
    }
  }

  if (store.clock) {
    line(7, [24, clock(store, targets(store.clock()))]);
  }

  return {
    uid: `electricbrain-${store.id}`,
    title: `ElectricBrain (${store.name})`,
    description: 'Temperature, humidity, pressure, light, sound, particles and gases of every device, and what its agent delivered.',
    tags: ['electricbrain'],
    schemaVersion: 41,
    version: 1,
    editable: true,
    graphTooltip: 1,
    timezone: 'browser',
    refresh: '30s',
    time: { from: 'now-24h', to: 'now' },
    timepicker: {},
    links: [],
    annotations: {
      list: [{ builtIn: 1, datasource: { type: 'grafana', uid: '-- Grafana --' }, enable: true, hide: true, iconColor: 'rgba(0, 211, 255, 1)', name: 'Annotations & Alerts', type: 'dashboard' }],
    },
    templating: { list: variables(store, datasource) },
    panels,
  };
}

function variables(store, datasource) {
  const list = (name, label, query, extra) => ({
    name, label, type: 'query', datasource, query, refresh: 2, sort: 1, regex: '', hide: 0, skipUrlSync: false,
    multi: true, includeAll: true, current: { text: ['All'], value: ['$__all'] }, options: [], ...extra,
  });
  return [
    { name: 'datasource', label: 'Store', type: 'datasource', query: store.plugin, regex: '', refresh: 1, hide: 0, skipUrlSync: false, multi: false, includeAll: false, options: [] },
    list('host', 'Host', store.hosts, store.all),
    list('device', 'Device', store.devicesOfHosts, store.all),
    {
      name: 'simulated', label: 'Simulated hats', type: 'custom', hide: 0, skipUrlSync: false, multi: false, includeAll: false,
      query: store.simulated.map(([text, value]) => `${text} : ${value}`).join(','),
      current: { text: store.simulated[0][0], value: store.simulated[0][1] },
      options: store.simulated.map(([text, value], i) => ({ text, value, selected: i === 0 })),
    },
  ];
}

const thresholds = (levels) => ({ mode: 'absolute', steps: levels.map(([colour, value]) => ({ color: colours[colour] ?? colour, value: value ?? null })) });

const legend = (displayMode, calcs = []) => ({ showLegend: true, displayMode, placement: 'bottom', calcs });

function now(store, quantity, targets) {
  return {
    type: 'stat',
    title: `${quantity.short ?? quantity.title} now`,
    interval: '1m',
    targets,
    fieldConfig: { defaults: { ...store.naming, unit: quantity.grafana, decimals: quantity.decimals, noValue: 'no readings', thresholds: thresholds(quantity.levels), color: { mode: 'thresholds' } }, overrides: [] },
    options: {
      reduceOptions: { calcs: ['lastNotNull'], fields: '', values: false },
      orientation: 'auto', textMode: 'auto', colorMode: 'value', graphMode: 'none', justifyMode: 'auto', wideLayout: true, showPercentChange: false, percentChangeColorMode: 'standard',
    },
  };
}

function chart(store, quantity, targets) {
  return {
    type: 'timeseries',
    title: quantity.title,
    interval: '10s',
    targets,
    fieldConfig: {
      defaults: {
        ...store.naming,
        unit: quantity.grafana,
        decimals: quantity.decimals,
        ...(quantity.zero ? { min: 0 } : {}),
        color: { mode: 'palette-classic' },
        thresholds: quantity.limit ? thresholds([['transparent'], ['orange', quantity.limit.value]]) : thresholds(quantity.levels),
        custom: {
          drawStyle: 'line', lineInterpolation: 'linear', lineWidth: 2, fillOpacity: quantity.types.length > 1 ? 0 : 8, gradientMode: 'opacity',
          showPoints: 'auto', pointSize: 4, spanNulls: gapMilliseconds, axisPlacement: 'auto', axisBorderShow: false,
          scaleDistribution: scale(quantity), thresholdsStyle: { mode: quantity.limit ? 'dashed' : 'off' },
        },
      },
      overrides: quantity.types.slice(1).map(({ label }) => ({
        matcher: { id: 'byRegexp', options: `/ ${label}$/` },
        properties: [{ id: 'custom.lineStyle', value: { fill: 'dash', dash: label === quantity.types[1].label ? [2, 6] : [10, 6] } }, { id: 'custom.lineWidth', value: 1 }],
      })),
    },
    options: { legend: legend('list'), tooltip: { mode: 'multi', sort: 'desc' } },
  };
}

function scale({ scale: kind }) {
  return kind === 'symlog' ? { type: 'symlog', log: 10, linearThreshold: 10 } : kind === 'log' ? { type: 'log', log: 10 } : { type: 'linear' };
}

function devices(targets, columns) {
  return {
    type: 'table',
    title: 'Devices',
    description: 'Every device with readings in the time range, and when its last one was taken.',
    targets,
    fieldConfig: {
      defaults: { custom: { align: 'auto', cellOptions: { type: 'auto' }, inspect: false }, noValue: 'no readings' },
      overrides: columns.map(([name, title, properties]) => ({
        matcher: { id: 'byName', options: name },
        properties: [{ id: 'displayName', value: title }, ...Object.entries(properties ?? {}).map(([id, value]) => ({ id, value: id === 'thresholds' ? thresholds(value) : value }))],
      })),
    },
    options: { frameIndex: 0, showHeader: true, cellHeight: 'sm', sortBy: [] },
  };
}

function bars(store, overrides = []) {
  return {
    defaults: {
      ...store.naming,
      unit: 'short', min: 0, color: { mode: 'palette-classic' },
      custom: { drawStyle: 'bars', fillOpacity: 70, lineWidth: 0, stacking: { mode: 'normal', group: 'A' }, showPoints: 'never', axisPlacement: 'auto', thresholdsStyle: { mode: 'off' } },
    },
    overrides,
  };
}

function delivery(store, targets) {
  return {
    type: 'timeseries',
    title: 'Readings stored',
    description: 'How many readings of each device are stored, by the time they were taken. What an agent still holds back in its outbox is missing here until it is delivered.',
    interval: '1m',
    maxDataPoints: 200,
    targets,
    fieldConfig: bars(store),
    options: { legend: legend('list'), tooltip: { mode: 'multi', sort: 'desc' } },
  };
}

function clock(store, targets) {
  const colour = (regex, value) => ({ matcher: { id: 'byRegexp', options: regex }, properties: [{ id: 'color', value: { mode: 'fixed', fixedColor: value } }] });
  return {
    type: 'timeseries',
    title: 'Clock problems and late readings',
    description: 'corrected: taken before the clock was set, dated when it was. unsynchronised: the date may be wrong, look after the machine\'s time service. late: delivered after the time series stream took readings of that time.',
    interval: '1m',
    maxDataPoints: 200,
    targets,
    fieldConfig: bars(store, [colour('/unsynchronised$/', 'red'), colour('/corrected$/', '#EAB839'), colour('/late$/', 'blue')]),
    options: { legend: legend('list'), tooltip: { mode: 'multi', sort: 'desc' } },
  };
}
