// The graph of one quantity: the mean as a line, low to high as a band, a mark on the current value, a read-out under the pointer.
const clock = new Intl.DateTimeFormat([], { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const clockSeconds = new Intl.DateTimeFormat([], { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });

export class Chart {
  constructor(element, quantity) {
    this.element = element;
    this.quantity = quantity;
    this.data = [[], [], [], []];
    this.until = Date.now() / 1000;
    this.window = 300;
    new ResizeObserver(() => this.resize()).observe(element);
    document.addEventListener("themechange", () => this.rebuild());
  }

  // Shows the columns up to an instant.
  show(columns, untilSeconds, windowSeconds, live) {
    this.data = columns;
    this.until = untilSeconds;
    this.window = windowSeconds;
    this.live = live;
    this.element.classList.toggle("filled", columns[0].length > 0);
    if (!this.plot) {
      this.rebuild();
      return;
    }

    this.plot.batch(() => {
      this.plot.setData(columns, false);
      this.plot.setScale("x", { min: untilSeconds - windowSeconds, max: untilSeconds });
    });
  }

  resize() {
    if (this.plot) {
      this.plot.setSize(this.size());
    }
  }

  size() {
    return { width: Math.max(80, this.element.clientWidth), height: Math.max(60, this.element.clientHeight) };
  }

  rebuild() {
    if (this.data[0].length === 0) {
      return;
    }

    this.plot?.destroy();
    this.plot = new uPlot(this.options(), this.data, this.element);
    this.plot.setScale("x", { min: this.until - this.window, max: this.until });
  }

  options() {
    const style = getComputedStyle(this.element);
    const accent = style.getPropertyValue("--accent").trim();
    const em = parseFloat(style.fontSize);
    const axis = {
      stroke: style.getPropertyValue("--muted").trim(),
      grid: { stroke: style.getPropertyValue("--grid").trim(), width: 1 },
      ticks: { show: false },
      font: `${0.75 * em}px ${style.fontFamily}`,
    };
    return {
      ...this.size(),
      padding: [8, 1.3 * em, 0, 0],
      legend: { show: false },
      cursor: {
        sync: { key: "readings" },
        drag: { x: false, y: false },
        y: false,
        points: { show: (plot, series) => series === 3, size: 9, width: 2, fill: accent, stroke: style.getPropertyValue("--card").trim() },
      },
      scales: { x: { time: true, auto: false }, y: { range: (plot, low, high) => this.range(low, high) } },
      axes: [
        { ...axis, size: 1.8 * em, gap: 6, space: 4.3 * em, values: (plot, splits) => splits.map(split => clock.format(split * 1000)), incrs: [60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 14400, 21600] },
        { ...axis, size: 3.5 * em, gap: 8, space: 2.2 * em, values: (plot, splits) => this.labels(splits) },
      ],
      series: [
        {},
        { stroke: "transparent", width: 0, points: { show: false } },
        { stroke: "transparent", width: 0, points: { show: false } },
        { stroke: accent, width: em / 7.5, points: { show: false }, fill: plot => this.shade(plot, accent) },
      ],
      bands: [{ series: [1, 2], fill: `${accent}40` }],
      hooks: { setCursor: [plot => this.readOut(plot)], draw: [plot => this.mark(plot, accent)], init: [plot => this.addReadOut(plot)] },
    };
  }

  range(low, high) {
    if (low === null || high === null || low === undefined) {
      return [0, 1];
    }

    const { least, floor = -Infinity, ceiling = Infinity } = this.quantity;
    const room = Math.max(0, least - (high - low)) / 2 + 0.08 * Math.max(high - low, least);
    let [bottom, top] = [low - room, high + room];
    if (bottom < floor) {
      [bottom, top] = [floor, Math.max(top, floor + least)];
    }

    return top > ceiling ? [Math.min(bottom, ceiling - least), ceiling] : [bottom, top];
  }

  labels(splits) {
    const step = splits.length > 1 ? splits[1] - splits[0] : 1;
    const digits = [0, 1, 2].find(count => Math.abs(step * 10 ** count - Math.round(step * 10 ** count)) < 1e-6) ?? 3;
    return splits.map(split => split.toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits, useGrouping: "min2" }));
  }

  shade(plot, accent) {
    const gradient = plot.ctx.createLinearGradient(0, plot.bbox.top, 0, plot.bbox.top + plot.bbox.height);
    gradient.addColorStop(0, `${accent}38`);
    gradient.addColorStop(1, `${accent}00`);
    return gradient;
  }

  mark(plot, accent) {
    const last = this.data[0].length - 1;
    if (!this.live || last < 0 || this.data[3][last] === null) {
      return;
    }

    const x = Math.min(plot.valToPos(this.data[0][last], "x", true), plot.bbox.left + plot.bbox.width);
    const y = plot.valToPos(this.data[3][last], "y", true);
    const size = devicePixelRatio * parseFloat(getComputedStyle(this.element).fontSize) / 15;
    for (const [radius, color] of [[8, `${accent}38`], [3.5, accent]]) {
      plot.ctx.beginPath();
      plot.ctx.arc(x, y, radius * size, 0, 2 * Math.PI);
      plot.ctx.fillStyle = color;
      plot.ctx.fill();
    }
  }

  addReadOut(plot) {
    this.out = document.createElement("div");
    this.out.className = "readout";
    this.out.hidden = true;
    plot.over.append(this.out);
  }

  readOut(plot) {
    const { idx, left } = plot.cursor;
    const pointed = typeof idx === "number" && left >= 0;
    const mean = pointed ? this.data[3][idx] : null;

    // Where nothing was read there is nothing to read out.
    this.out.hidden = typeof mean !== "number" || Math.abs(this.data[0][idx] - plot.posToVal(left, "x")) > this.window / 60;
    if (this.out.hidden) {
      return;
    }

    const [low, high] = [this.data[2][idx], this.data[1][idx]].map(this.quantity.detail);
    const value = document.createElement("b");
    value.textContent = `${this.quantity.detail(mean)} ${this.quantity.unit}`;
    const time = document.createElement("span");
    time.textContent = (this.window <= 3600 ? clockSeconds : clock).format(this.data[0][idx] * 1000) + (low === high ? "" : ` · ${low} – ${high}`);
    this.out.replaceChildren(value, time);
    const width = this.out.offsetWidth;
    const wanted = left > plot.over.clientWidth / 2 ? left - width - 12 : left + 12;
    this.out.style.left = `${Math.max(0, Math.min(wanted, plot.over.clientWidth - width))}px`;
  }
}
