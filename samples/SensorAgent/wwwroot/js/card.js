import { Chart } from "./chart.js";
import { History } from "./history.js";
import { ago, atTime } from "./time.js";

// One quantity: the current value, its history, and what is wrong with its sensor.
export class Card {
  constructor(quantity, template, parent) {
    this.quantity = quantity;
    const root = template.content.firstElementChild.cloneNode(true);
    root.dataset.quantity = quantity.id;
    root.querySelector("h2").textContent = quantity.label;
    root.querySelector(".sensor").textContent = quantity.sensor.toUpperCase();
    root.querySelector(".unit").textContent = quantity.unit;
    root.querySelector(".glyph path").setAttribute("d", quantity.icon);
    root.querySelector(".chart").setAttribute("aria-label", `History of ${quantity.label.toLowerCase()}`);
    parent.append(root);
    this.root = root;
    this.value = root.querySelector("output");
    this.note = root.querySelector(".note");
    this.facts = root.querySelector(".facts");
    root.hidden = true;
    this.history = new History(300, 1, quantity.factor);
    this.chart = new Chart(root.querySelector(".chart"), quantity);
  }

  loadHistory(series, windowSeconds, spanSeconds) {
    this.history = new History(windowSeconds, spanSeconds, this.quantity.factor);
    this.history.load(series);
  }

  // `takenAt` is on this page's own clock (performance.now), so that the age is right though the clocks differ.
  take(reading, takenAt, isNew) {
    this.sensor = reading.sensors.find(sensor => sensor.sensor === this.quantity.sensor);

    // What the hat has not has no card.
    this.root.hidden = this.sensor === undefined;
    const value = this.quantity.value(reading);
    if (value === null) {
      return;
    }

    this.drawFacts(this.quantity.facts?.(reading) ?? []);

    this.last = value * this.quantity.factor;
    this.lastAt = takenAt;
    if (isNew) {
      this.history.add(Date.parse(reading.timestamp) / 1000, value);
    }
  }

  // Shows the value as current only while it is.
  draw({ now, until, windowSeconds, staleAfter, interval }) {
    const age = this.lastAt === undefined ? Infinity : (now - this.lastAt) / 1000;
    const failed = this.sensor?.state === "failed";
    const current = age <= staleAfter && !failed && this.sensor?.state !== "retrying";
    this.root.classList.toggle("stale", this.lastAt !== undefined && !current);
    this.root.classList.toggle("failed", failed);
    this.value.textContent = this.lastAt === undefined ? "–" : this.quantity.format(this.last);
    this.drawNote(failed, current, age);
    const summary = this.history.summary(until);
    for (const cell of this.root.querySelectorAll("dd")) {
      cell.textContent = summary ? this.quantity.detail(summary[cell.dataset.of]) : "–";
    }

    this.chart.show(this.history.columns(interval), until, windowSeconds, current);
  }

  drawFacts(facts) {
    const shown = JSON.stringify(facts);
    if (shown !== this.shownFacts) {
      this.shownFacts = shown;
      this.facts.hidden = facts.length === 0;
      this.facts.replaceChildren(...facts.map(([label, text]) => {
        const fact = document.createElement("span");
        const value = document.createElement("b");
        value.textContent = text;
        fact.append(`${label} `, value);
        return fact;
      }));
    }
  }

  drawNote(failed, current, age) {
    const last = age === Infinity ? "" : `Last value ${ago(age)}. `;
    const text = failed
      ? `${last}${this.quantity.sensor.toUpperCase()} failed at ${atTime(this.sensor.since)}. ${this.sensor.message ?? ""}`
      : this.sensor?.state === "retrying" ? `${last}${this.quantity.sensor.toUpperCase()} is started again. ${this.sensor.message ?? ""}`
      : this.sensor?.state === "warmingUp" ? "The sensor is warming up."
      : !current && age !== Infinity ? last : "";
    this.note.hidden = text === "";
    if (this.note.title !== text) {
      this.note.title = text;
      this.note.firstElementChild.textContent = text;
    }
  }
}
