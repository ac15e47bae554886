// What Grafana asks Elasticsearch, through the datasource that it has built in.

const shown = 'host.name:$host AND device.id:$device AND simulated:${simulated:raw}';

const terms = (id, field) => ({ id, type: 'terms', field, settings: { order: 'asc', orderBy: '_key', size: '500', min_doc_count: '1' } });

const overTime = (trimEdges = '0') => ({ id: '9', type: 'date_histogram', field: '@timestamp', settings: { interval: 'auto', min_doc_count: '0', trimEdges } });

const target = (query, alias, bucketAggs, metrics) => ({ query: query ? `${query} AND ${shown}` : shown, alias, timeField: '@timestamp', bucketAggs, metrics });

const average = { id: '1', type: 'avg', field: 'value' };

// Grafana leaves out a bucket without the result of a script, and draws the line over it; NaN comes as null, which is a gap.
const scaled = (factor) => ({
  id: '5', type: 'bucket_script',
  pipelineVariables: [{ name: 'value', pipelineAgg: '1' }, { name: 'count', pipelineAgg: '4' }],
  settings: { gap_policy: 'insert_zeros', script: `params.count == 0 ? Double.NaN : params.value * ${factor}` },
});

const device = [terms('2', 'host.name'), terms('3', 'device.id')];

export const elasticsearch = {
  id: 'elasticsearch',
  name: 'Elasticsearch',
  plugin: 'elasticsearch',
  hosts: '{"find":"terms","field":"host.name"}',
  devicesOfHosts: '{"find":"terms","field":"device.id","query":"host.name:$host"}',
  all: { allValue: '*' },
  naming: {},
  simulated: [['shown', '*'], ['hidden', 'false']],
  devicesColumns: [
    ['host.name', 'Host'],
    ['device.id', 'Device'],
    ['Max', 'Last seen', { unit: 'dateTimeFromNow' }],
    ['Count', 'Readings', { unit: 'short' }],
  ],

  devices: () => target('', '', device, [{ id: '1', type: 'max', field: '@timestamp' }, { id: '4', type: 'count' }]),

  delivery: () => target('', '{{term host.name}} · {{term device.id}}', [...device, overTime('1')], [{ id: '1', type: 'count' }]),

  history: ({ factor }, { type, label }) => target(
    `sensor.type:${type}`,
    `{{term host.name}} · {{term device.id}}${label ? ` · ${label}` : ''}`,
    [...device, overTime()],
    factor === 1 ? [average] : [{ ...average, hide: true }, { id: '4', type: 'count', hide: true }, scaled(factor)],
  ),

  clock: () => [
    target('clock:(corrected OR unsynchronised)', '{{term host.name}} · {{term device.id}} · {{term clock}}', [...device, terms('4', 'clock'), overTime()], [{ id: '1', type: 'count' }]),
    target('_index:metrics\\-electricbrain.late*', '{{term host.name}} · {{term device.id}} · late', [...device, overTime()], [{ id: '1', type: 'count' }]),
  ],
};
