// A page that draws the panels of a dashboard as Kibana does: the same libraries without eval, the whole panel as its room, and the
// colours of its light and dark theme where a specification names none.
const themes = {
  light: { page: '#f7f8fc', panel: '#ffffff', title: '#343741', label: '#69707d', grid: '#eef0f3' },
  dark: { page: '#141519', panel: '#1d1e24', title: '#d4dae5', label: '#98a2b3', grid: '#343741' },
};
const palette = ['#54b399', '#6092c0', '#d36086', '#9170b8', '#ca8eae', '#d6bf57', '#b9a888', '#da8b45', '#aa6556', '#e7664c'];

function config({ title, label, grid }) {
  return {
    range: { category: palette },
    mark: { color: palette[0] },
    style: { 'guide-label': { fill: label }, 'guide-title': { fill: title }, 'group-title': { fill: title }, 'group-subtitle': { fill: title } },
    axis: { tickColor: grid, domainColor: grid, gridColor: grid, titleFontWeight: 500 },
    area: { fillOpacity: 0.2 },
    view: { stroke: null },
    background: 'transparent',
  };
}

// Returns what the libraries complained of, and the rows that the marks of the panel were made from.
async function draw(panel, themeName) {
  const theme = themes[themeName];
  document.body.style.cssText = `margin:0;background:${theme.page}`;
  const margin = 8, column = document.documentElement.clientWidth / 48, row = 20;
  const box = document.createElement('div');
  box.style.cssText = `position:absolute;left:${panel.x * column + margin / 2}px;top:${panel.y * (row + margin) + margin}px;width:${panel.w * column - margin}px;height:${panel.h * (row + margin) - margin}px;background:${theme.panel};border-radius:6px;font-family:Inter,DejaVu Sans,sans-serif`;
  const heading = document.createElement('div');
  heading.textContent = panel.title;
  heading.style.cssText = `height:24px;line-height:24px;padding:0 8px;font-size:13px;font-weight:600;color:${theme.title}`;
  const room = document.createElement('div');
  room.style.cssText = 'position:absolute;top:24px;left:0;right:0;bottom:0';
  box.append(heading, room);
  document.body.append(box);

  const warnings = [];
  const logger = vega.logger(vega.Warn);
  logger.warn = logger.error = (...text) => { warnings.push(text.map(String).join(' ')); return logger; };
  const spec = { ...panel.spec, config: config(theme), autosize: { type: 'fit', contains: 'padding' }, width: 'container', height: 'container' };
  const compiled = vegaLite.compile(spec, { logger }).spec;
  const view = new vega.View(vega.parse(compiled, null, { ast: true }), { expr: vega.expressionInterpreter, logger, renderer: 'canvas', container: room });
  view.width(room.clientWidth).height(room.clientHeight);
  await view.runAsync();
  const rows = [];
  const seen = new Set();
  const collect = (mark) => {
    for (const item of mark.items ?? []) {
      if (item.items || item.marktype) {
        collect(item);
      } else if (item.datum && !seen.has(item.datum)) {
        seen.add(item.datum);
        const { name, label, at, reading, text, heading, state, readings, stretch } = item.datum;
        if (name !== undefined) {
          rows.push({ mark: mark.marktype, name, label, at, reading, text, heading, state, readings, stretch });
        }
      }
    }
  };
  collect(view.scenegraph().root);
  return { warnings, rows };
}
