// Writes the dashboards: `npm run build`. With --check it writes nothing, and fails where a file differs.
import { readFileSync, writeFileSync } from 'node:fs';
import { elasticsearch } from './source/elasticsearch.mjs';
import { grafanaDashboard } from './source/grafana.mjs';
import { kibanaObjects } from './source/kibana.mjs';
import { sqlite } from './source/sqlite.mjs';

const json = (document) => `${JSON.stringify(document, null, 2)}\n`;

const files = {
  'grafana/electricbrain-elasticsearch.json': json(grafanaDashboard(elasticsearch)),
  'grafana/electricbrain-sqlite.json': json(grafanaDashboard(sqlite)),
  'kibana/electricbrain.ndjson': kibanaObjects().map((object) => `${JSON.stringify(object)}\n`).join(''),
};

for (const [path, text] of Object.entries(files)) {
  const url = new URL(path, import.meta.url);
  if (!process.argv.includes('--check')) {
    writeFileSync(url, text);
  } else if (readFileSync(url, 'utf8') !== text) {
    console.error(`${path} is not what the sources make; run "npm run build" in dashboards/, or bring your change into dashboards/source/.`);
    process.exitCode = 1;
  }
}
