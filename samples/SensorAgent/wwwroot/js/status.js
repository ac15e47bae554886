import { atTime, span } from "./time.js";

// The foot of the page: where the readings go, how the sensors do, and the agent itself.
export class StatusView {
  constructor(root) {
    this.root = root;
  }

  // `until` is the time on the agent's clock.
  draw(status, reading, until) {
    if (!status) {
      return;
    }

    const blocks = [
      ...status.sinks.map(sink => this.sink(sink, status)),
      ...(reading?.sensors ?? []).map(sensor => this.sensor(sensor)),
      this.agent(status, until),
    ];
    const shown = JSON.stringify(blocks);
    if (shown !== this.shown) {
      this.shown = shown;
      this.root.replaceChildren(...blocks.map(render));
    }
  }

  sink(sink, status) {
    const away = sink.state === "retrying" || sink.state === "needsAttention";
    const name = { sqlite: "Local store", ndjson: "Files", elasticsearch: "Elasticsearch", mqtt: "MQTT" }[sink.name] ?? sink.name;
    const stored = sink.name === "sqlite" && status.outbox.inMemory > 0 ? "bad" : away ? (sink.name === "sqlite" ? "bad" : "warn") : "good";
    const kept = sink.pending > 0 ? `${count(sink.pending)} records ${away ? "kept for it" : "on the way"}` : "nothing pending";
    const lines = [`${count(sink.delivered + sink.duplicates)} records · ${kept}`];
    if (sink.target) {
      lines.unshift(sink.target);
    }

    if (away && sink.lastError) {
      lines.push(sink.lastError);
    }

    const aside = sink.deadLettered + sink.late;
    if (aside > 0) {
      lines.push(`${count(aside)} records refused and kept aside`);
    }

    if (sink.dropped > 0) {
      lines.push(`${count(sink.dropped)} records given up, since the outbox was full`);
    }

    return { level: stored, name, state: away ? "away" : "working", lines };
  }

  sensor(sensor) {
    const failed = sensor.state === "failed";
    const lines = [`since ${atTime(sensor.since)}`];
    if (sensor.message) {
      lines.push(sensor.message);
    }

    return {
      level: failed ? "bad" : sensor.state === "ok" ? "good" : "warn",
      name: sensor.sensor === "microphone" ? "Microphone" : sensor.sensor.toUpperCase(),
      state: { ok: "working", warmingUp: "warming up" }[sensor.state] ?? sensor.state,
      lines,
    };
  }

  agent(status, until) {
    const age = until - Date.parse(status.startedAt) / 1000;
    const lines = [`up ${span(Math.max(0, age))} · ${count(status.readings)} readings${status.skippedReadings > 0 ? ` · ${count(status.skippedReadings)} skipped` : ""}`];
    if (status.outbox.lost > 0) {
      lines.push(`${count(status.outbox.lost)} records lost`);
    }

    const level = { healthy: "good", degraded: "warn", unhealthy: "bad" }[status.health];
    return { level, name: `Agent ${status.version}`, state: status.health, lines };
  }
}

function count(number) {
  return number.toLocaleString("en");
}

function render({ level, name, state, lines }) {
  const root = document.createElement("section");
  root.dataset.level = level;
  root.classList.toggle("wide", lines.some(line => line.length > 60));
  const title = document.createElement("h3");
  const light = document.createElement("i");
  const mark = document.createElement("em");
  mark.textContent = state;
  title.append(light, name, mark);
  root.append(title, ...lines.map(line => {
    const text = document.createElement("p");
    text.textContent = line;
    text.title = line;
    return text;
  }));
  return root;
}
