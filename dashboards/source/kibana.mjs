// The saved objects of Kibana: a data view, one Vega visualisation per panel, and the dashboard. The versions are the oldest whose
// form they have, so that every Kibana from 8.9 on takes them and brings them up to its own.
import { quantities } from './quantities.mjs';
import { delivery, history, now } from './vega.mjs';

const dataView = 'electricbrain';

const saved = (type, id, typeMigrationVersion, attributes, references = []) =>
  ({ type, id: `electricbrain-${id}`, coreMigrationVersion: '8.8.0', typeMigrationVersion, managed: false, attributes, references });

const searchSource = { searchSourceJSON: JSON.stringify({ query: { query: '', language: 'kuery' }, filter: [] }) };

export function kibanaObjects() {
  const panels = [
    { id: 'now', title: 'Now', description: 'The newest reading of every sensor, and when each device was last heard of.', spec: now(), w: 48, h: 11 },
    { id: 'delivery', title: 'Delivery', description: 'When each device delivered. Corrected: taken before the clock was set, dated when it was. Not set: the date may be wrong. Late: stored after the time series stream took readings of that time.', spec: delivery(), w: 48, h: 9 },
    ...quantities.map((quantity) => ({ id: quantity.id, title: quantity.title, description: '', spec: history(quantity), w: 24, h: 12 })),
  ];
  return [
    saved('index-pattern', 'data-view', '8.0.0', { title: 'metrics-electricbrain.*', name: 'ElectricBrain', timeFieldName: '@timestamp', fields: '[]', fieldAttrs: '{}', fieldFormatMap: '{}', runtimeFieldMap: '{}', sourceFilters: '[]', typeMeta: '{}' }),
    ...panels.map(visualization),
    saved('dashboard', 'dashboard', '8.9.0', dashboard(panels), [
      ...panels.map(({ id }) => ({ name: `${id}:panel_${id}`, type: 'visualization', id: `electricbrain-${id}` })),
      ...controls.map(({ id }) => ({ name: `controlGroup_${id}:optionsListDataView`, type: 'index-pattern', id: `${dataView}-data-view` })),
    ]),
  ];
}

function visualization({ id, title, description, spec }) {
  const visState = { title: `ElectricBrain: ${title}`, type: 'vega', aggs: [], params: { spec: JSON.stringify(spec, null, 2) } };
  return saved('visualization', id, '8.5.0', { title: visState.title, description, version: 1, uiStateJSON: '{}', kibanaSavedObjectMeta: searchSource, visState: JSON.stringify(visState) });
}

const controls = [
  { id: 'host', fieldName: 'host.name', title: 'Host' },
  { id: 'device', fieldName: 'device.id', title: 'Device' },
  { id: 'simulated', fieldName: 'simulated', title: 'Simulated' },
];

function dashboard(panels) {
  return {
    title: 'ElectricBrain',
    description: 'Temperature, humidity, pressure, light, sound, particles and gases of every device, and what its agent delivered.',
    timeRestore: true,
    timeFrom: 'now-24h',
    timeTo: 'now',
    refreshInterval: { pause: false, value: 60000 },
    kibanaSavedObjectMeta: searchSource,
    optionsJSON: JSON.stringify({ useMargins: true, syncColors: true, syncCursor: true, syncTooltips: false, hidePanelTitles: false }),
    panelsJSON: JSON.stringify(grid(panels)),
    controlGroupInput: {
      controlStyle: 'oneLine',
      chainingSystem: 'HIERARCHICAL',
      ignoreParentSettingsJSON: JSON.stringify({ ignoreFilters: false, ignoreQuery: false, ignoreTimerange: false, ignoreValidations: false }),
      panelsJSON: JSON.stringify(Object.fromEntries(controls.map((control, order) => [control.id, { type: 'optionsListControl', order, grow: true, width: 'medium', explicitInput: control }]))),
    },
    version: 1,
  };
}

function grid(panels) {
  let x = 0, y = 0;
  return panels.map(({ id, title, w, h }) => {
    if (x + w > 48) {
      x = 0;
    }

    const panel = { version: '8.9.0', type: 'visualization', panelIndex: id, gridData: { i: id, x, y, w, h }, embeddableConfig: { enhancements: {} }, panelRefName: `panel_${id}`, title };
    x += w;
    if (x === 48) {
      x = 0;
      y += h;
    }

    return panel;
  });
}
