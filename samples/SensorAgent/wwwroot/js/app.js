import { Card } from "./card.js";
import { Lcd } from "./lcd.js";
import { Live } from "./live.js";
import { quantities } from "./quantities.js";
import { StatusView } from "./status.js";

// Points, and how often the whole history is read again: between, the page adds what it hears.
const windows = {
  "5m": { seconds: 300, points: 300, reload: Infinity },
  "1h": { seconds: 3600, points: 360, reload: 120 },
  "24h": { seconds: 86400, points: 480, reload: 600 },
};
const byId = id => document.getElementById(id);
const cards = quantities.map(quantity => new Card(quantity, byId("card"), byId("cards")));
const statusView = new StatusView(byId("status"));
const lcd = new Lcd(byId("lcd"));
const page = { window: "5m", loadedAt: 0, loading: 0, status: null, reading: null, heardAt: 0, drawnAt: 0, drawing: null };

// Ten graphs are work for a small machine's browser: several readings a second are drawn together.
const drawInterval = 400;

function drawSoon() {
  page.drawing ??= setTimeout(draw, Math.max(0, page.drawnAt + drawInterval - performance.now()));
}

function draw() {
  clearTimeout(page.drawing);
  page.drawing = null;
  page.drawnAt = performance.now();
  const now = performance.now();
  const { seconds } = windows[page.window];
  const shown = {
    now,
    until: page.reading ? (Date.parse(page.reading.timestamp) + now - page.heardAt) / 1000 : Date.now() / 1000,
    windowSeconds: seconds,
    staleAfter: page.status?.staleAfterSeconds ?? 5,
    interval: page.status?.intervalSeconds ?? 1,
  };
  cards.filter(card => !card.root.hidden).forEach(card => card.draw(shown));
  statusView.draw(page.status, page.reading, shown.until);
}

function take(reading, takenAt, isNew) {
  if (page.reading && Date.parse(reading.timestamp) < Date.parse(page.reading.timestamp) && takenAt < page.heardAt) {
    return;
  }

  page.reading = reading;
  page.heardAt = takenAt;
  cards.forEach(card => card.take(reading, takenAt, isNew));
  layOut(cards.filter(card => !card.root.hidden).length);
  byId("simulated").hidden = !reading.simulated;
}

// As many columns as leave the last row nearly full; it is stretched.
function layOut(count) {
  byId("cards").style.setProperty("--wanted", count <= 6 ? 3 : count <= 8 ? 4 : 5);
  byId("cards").classList.toggle("odd", count % 2 === 1);
}

function name({ host, device, header, simulated, intervalSeconds }) {
  byId("host").textContent = host;
  byId("device").textContent = `${device}${header ? ` on ${header}` : ""} · every ${intervalSeconds} s`;
  document.title = `${simulated ? "[simulated] " : ""}${host} – sensor agent`;
  byId("simulated").hidden = !simulated;
}

function connection(state, text) {
  const pill = byId("connection");
  if (pill.dataset.state !== state) {
    pill.dataset.state = state;
    pill.querySelector("span").textContent = text;
    document.body.classList.toggle("offline", state === "lost");
  }
}

async function fetchJson(path) {
  const answer = await fetch(path, { cache: "no-store" });
  if (!answer.ok) {
    throw new Error(`${path} answered ${answer.status}`);
  }

  return answer.json();
}

async function loadHistory() {
  const load = ++page.loading;
  const { seconds, points } = windows[page.window];
  try {
    const history = await fetchJson(`api/history?window=${page.window}&maxPoints=${points}`);
    if (load !== page.loading) {
      return; // Another range was chosen meanwhile.
    }

    for (const card of cards) {
      const series = history.series.find(one => one.quantity === card.quantity.id);
      if (series) {
        card.loadHistory(series, seconds, history.spanSeconds);
      }
    }

    page.loadedAt = performance.now();
    draw();
  } catch {
    // Tried again with the next connection, or at the next turn of the clock below.
  }
}

async function loadCurrent() {
  try {
    const reading = await fetchJson("api/current");
    take(reading, performance.now() - reading.ageSeconds * 1000, false);
    draw();
  } catch {
    // The first reading comes over the live connection.
  }
}

function choose(window) {
  page.window = window;
  page.loadedAt = 0;
  try { localStorage.setItem("window", window); } catch { /* Not kept, but shown. */ }
  document.querySelectorAll("[data-window]").forEach(button => button.setAttribute("aria-pressed", button.dataset.window === window));
  loadHistory();
}

document.querySelectorAll("[data-window]").forEach(button => button.addEventListener("click", () => choose(button.dataset.window)));

new Live({
  opened() {
    connection("live", "Live");
    loadCurrent();
    loadHistory();
  },
  lost() {
    connection("lost", "Reconnecting");
    lcd.hide();
  },
  reading(reading) {
    take(reading, performance.now(), true);
    drawSoon();
    lcd.refresh();
  },
  status(status) {
    if (page.status && page.status.version !== status.version) {
      location.reload(); // The agent was updated, and with it the page.
      return;
    }

    page.status = status;
    name(status);
    draw();
    byId("problem").hidden = status.health !== "unhealthy";
    byId("problem").textContent = status.health === "unhealthy" ? status.reasons.join(" ") : "";
  },
});

let stored = null;
try { stored = localStorage.getItem("window"); } catch { /* As if nothing was stored. */ }
choose(stored in windows ? stored : "5m");

// Ages grow also while nothing is heard.
setInterval(() => {
  if (page.reading && performance.now() - page.heardAt > 1500) {
    draw();
  }

  if (page.loadedAt && performance.now() - page.loadedAt > windows[page.window].reload * 1000) {
    loadHistory();
  }
}, 1000);
