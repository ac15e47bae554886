// What Grafana asks the embedded store, through the plugin frser-sqlite-datasource.

const series = (alias) => `${alias}host_name IN (\${host:sqlstring}) AND ${alias}device_id IN (\${device:sqlstring}) AND ${alias}simulated <= \${simulated:raw}`;

// The rows of a chart: the coarsest table that the interval allows, or the finest that still reaches back to the start. A span
// without readings is a row without a value, which is a gap in the chart.
const chart = (label, where, value, empty) => `WITH RECURSIVE
  tables (level, table_name, bucket) AS (VALUES (0, 'reading', 1), (1, 'reading_minute', 60000), (2, 'reading_hour', 3600000), (3, 'reading_day', 86400000)),
  chosen (level, bucket) AS (
    SELECT level, bucket FROM tables
    WHERE level >= (SELECT max(level) FROM tables WHERE $__interval_ms % bucket = 0)
      AND (level = 3 OR NOT EXISTS (SELECT 1 FROM retained WHERE retained.table_name = tables.table_name AND since > $__from))
    ORDER BY level LIMIT 1),
  width (level, step) AS (SELECT level, (max($__interval_ms, 1000) + bucket - 1) / bucket * bucket FROM chosen),
  span (level, step, start) AS (SELECT level, step, $__from - $__from % step FROM width),
  shown (id, name) AS (SELECT id, ${label} FROM series WHERE ${where}${series('')}),
  part (name, ts, count, sum) AS (
    SELECT name, ts, 1, value FROM span CROSS JOIN shown CROSS JOIN reading r ON r.series = shown.id AND ts >= start AND ts < $__to WHERE level = 0
    UNION ALL SELECT name, ts, count, sum FROM span CROSS JOIN shown CROSS JOIN reading_minute r ON r.series = shown.id AND ts >= start AND ts < $__to WHERE level = 1
    UNION ALL SELECT name, ts, count, sum FROM span CROSS JOIN shown CROSS JOIN reading_hour r ON r.series = shown.id AND ts >= start AND ts < $__to WHERE level = 2
    UNION ALL SELECT name, ts, count, sum FROM span CROSS JOIN shown CROSS JOIN reading_day r ON r.series = shown.id AND ts >= start AND ts < $__to WHERE level = 3),
  spans (name, ts, value) AS MATERIALIZED (SELECT name, ts - ts % step, ${value} FROM part, span GROUP BY 1, 2),
  axis (ts) AS (SELECT start FROM span UNION ALL SELECT ts + step FROM axis, span WHERE ts + step < $__to)
SELECT axis.ts / 1000 AS time, names.name AS name, ${empty} AS value
FROM axis CROSS JOIN (SELECT DISTINCT name FROM spans) AS names
LEFT JOIN spans ON spans.name = names.name AND spans.ts = axis.ts
ORDER BY 1, 2`;

const target = (sql, queryType, timeColumns) => ({ rawQueryText: sql, queryText: sql, queryType, timeColumns });

const name = "host_name || ' · ' || device_id";

export const sqlite = {
  id: 'sqlite',
  name: 'SQLite',
  plugin: 'frser-sqlite-datasource',
  hosts: 'SELECT DISTINCT host_name FROM series ORDER BY 1',
  devicesOfHosts: 'SELECT DISTINCT device_id FROM series WHERE host_name IN (${host:sqlstring}) ORDER BY 1',
  all: {},
  naming: { displayName: '${__field.labels.name}' },
  simulated: [['shown', '1'], ['hidden', '0']],
  devicesColumns: [
    ['host', 'Host'],
    ['device', 'Device'],
    ['age', 'Last seen, ago', { unit: 's', decimals: 0, thresholds: [['green'], ['orange', 300], ['red', 3600]], 'custom.cellOptions': { type: 'color-text' } }],
    ['readings', 'Readings', { unit: 'short' }],
  ],

  devices: () => target(
    `SELECT s.host_name AS host, s.device_id AS device, max(0, strftime('%s', 'now') - max(l.ts) / 1000) AS age, sum((
  SELECT coalesce(sum(count), 0) FROM reading_minute m WHERE m.series = s.id AND m.ts >= $__from AND m.ts < $__to)) AS readings
FROM series s JOIN latest l ON l.series = s.id
WHERE ${series('s.')}
GROUP BY 1, 2
ORDER BY 1, 2`,
    'table', []),

  delivery: () => target(chart(name, '', 'sum(count)', 'coalesce(spans.value, 0)'), 'time series', ['time']),

  history: ({ factor }, { type, label }) => target(
    chart(label ? `${name} || ' · ${label}'` : name, `sensor_type = '${type}' AND `, `sum(sum) / sum(count)${factor === 1 ? '' : ` * ${factor}`}`, 'spans.value'),
    'time series', ['time']),
};
