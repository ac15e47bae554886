// Compares the Grafana dashboards with Grafana's own types: `npm run types`. A property that a panel does not know is an error.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const schema = '@grafana/schema/dist/types/';
const panelTypes = ['stat', 'table', 'timeseries'];

const lines = [
  "import type { Dashboard, Panel, RowPanel } from '@grafana/schema';",
  ...panelTypes.map((type) => `import type * as ${type} from './node_modules/${schema}raw/composable/${type}/panelcfg/x/types.gen';`),
  `import type { ElasticsearchDataQuery } from './node_modules/${schema}raw/composable/elasticsearch/dataquery/x/types.gen';`,
];
const expect = (what, type, value) => lines.push(`/* ${what} */ export const v${lines.length}: ${type} = ${JSON.stringify(value)};`);

for (const store of ['elasticsearch', 'sqlite']) {
  const { panels, ...dashboard } = JSON.parse(readFileSync(new URL(`grafana/electricbrain-${store}.json`, import.meta.url), 'utf8'));
  expect(store, 'Dashboard', dashboard);
  for (const { targets = [], ...panel } of panels) {
    const what = `${store}: ${panel.title}`;
    if (panel.type === 'row') {
      expect(what, 'RowPanel', panel);
      continue;
    }

    expect(what, 'Panel', panel);
    expect(what, `${panel.type}.Options`, panel.options);
    if (panel.fieldConfig.defaults.custom) {
      expect(what, `Partial<${panel.type}.FieldConfig>`, panel.fieldConfig.defaults.custom);
    }

    if (store === 'elasticsearch') {
      for (const target of targets) {
        // Passed on to the server with the other settings, but not in the types.
        target.metrics.forEach(({ settings }) => delete settings?.gap_policy);
        expect(what, 'ElasticsearchDataQuery', target);
      }
    }
  }
}

// What JSON holds of an enumeration is its value.
const valuesOfEnumerations = (text) => text.replace(/export declare enum (\w+) \{([^}]*)\}/g, (_, name, body) =>
  `export type ${name} = ${[...body.replace(/\/\*[^]*?\*\//g, '').matchAll(/=\s*("[^"]*"|-?\d+)/g)].map((match) => match[1]).join(' | ')};`);

const options = { noEmit: true, strict: true, skipLibCheck: true, target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler, types: [] };
const host = ts.createCompilerHost(options);
const file = fileURLToPath(new URL('dashboards.ts', import.meta.url));
const { readFile, fileExists, getSourceFile } = host;
host.fileExists = (path) => path === file || fileExists(path);
host.readFile = (path) => (path === file ? lines.join('\n') : readFile(path));
host.getSourceFile = (path, language, ...rest) => (path === file || path.includes('@grafana/schema')
  ? ts.createSourceFile(path, valuesOfEnumerations(host.readFile(path)), language)
  : getSourceFile(path, language, ...rest));

const problems = ts.getPreEmitDiagnostics(ts.createProgram([file], options, host));
for (const { file: source, start, messageText } of problems) {
  const line = source ? source.text.slice(0, start).split('\n').length : 0;
  console.error(`${lines[line - 1]?.slice(0, 60)} ...: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`);
}

process.exitCode = problems.length > 0 ? 1 : 0;
