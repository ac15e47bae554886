// The values of one quantity over a moving window, summed up in spans of equal length that start at multiples of that length.
export class History {
  constructor(windowSeconds, spanSeconds, factor) {
    this.window = windowSeconds;
    this.span = spanSeconds;
    this.factor = factor;
    this.points = [];
  }

  // Takes the place of everything before: the series of a history document.
  load(series) {
    this.points = series.startUnixMilliseconds.map((start, i) => ({
      start: start / 1000,
      count: series.count[i],
      low: series.minimum[i] * this.factor,
      mean: series.average[i] * this.factor,
      high: series.maximum[i] * this.factor,
    }));
  }

  // One more reading, as it is taken.
  add(seconds, value) {
    value *= this.factor;
    const start = Math.floor(seconds / this.span + 1e-6) * this.span;
    const last = this.points.at(-1);
    if (last && start < last.start + this.span / 2) {
      last.mean = (last.mean * last.count + value) / (last.count + 1);
      last.count++;
      last.low = Math.min(last.low, value);
      last.high = Math.max(last.high, value);
    } else {
      this.points.push({ start, count: 1, low: value, mean: value, high: value });
    }

    const first = this.points.findIndex(point => point.start >= seconds - this.window - this.span);
    this.points.splice(0, Math.max(0, first));
  }

  // Columns for the graph: time, high, low, mean. Where readings are missing the line is broken.
  columns(intervalSeconds) {
    const gap = 2.5 * Math.max(this.span, intervalSeconds);
    const columns = [[], [], [], []];
    let before = null;
    for (const point of this.points) {
      const time = point.start + this.span / 2;
      if (before !== null && time - before > gap) {
        columns[0].push((time + before) / 2);
        columns.slice(1).forEach(column => column.push(null));
      }

      columns[0].push(time);
      columns[1].push(point.high);
      columns[2].push(point.low);
      columns[3].push(point.mean);
      before = time;
    }

    return columns;
  }

  // The lowest, mean and highest value in the window; null when it holds none.
  summary(untilSeconds) {
    const points = this.points.filter(point => point.start >= untilSeconds - this.window);
    if (points.length === 0) {
      return null;
    }

    const count = points.reduce((sum, point) => sum + point.count, 0);
    return {
      low: Math.min(...points.map(point => point.low)),
      mean: points.reduce((sum, point) => sum + point.mean * point.count, 0) / count,
      high: Math.max(...points.map(point => point.high)),
    };
  }
}
