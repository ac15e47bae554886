// The live connection: comes back by itself after the agent was restarted or the network was away.
const silenceLimit = 15_000; // The agent says something every 5 s.
const longestWait = 10_000;

export class Live {
  constructor({ opened, lost, reading, status }) {
    this.handlers = { opened, lost, reading, status };
    this.wait = 1000;
    this.connect();
    setInterval(() => this.watch(), 1000);
    addEventListener("online", () => this.retryNow());
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && this.retryNow());
  }

  connect() {
    clearTimeout(this.retry);
    this.source?.close();
    this.heard = performance.now();
    this.open = false;
    const source = this.source = new EventSource("api/events");
    source.addEventListener("status", event => this.hear(source, "status", event));
    source.addEventListener("reading", event => this.hear(source, "reading", event));
    source.onerror = () => source === this.source && this.lose();
  }

  hear(source, kind, event) {
    if (source !== this.source) {
      return;
    }

    this.heard = performance.now();
    this.wait = 1000;
    if (!this.open) {
      this.open = true;
      this.handlers.opened();
    }

    this.handlers[kind](JSON.parse(event.data));
  }

  // The browser would retry too, but not after every kind of answer, and not with a growing wait.
  lose() {
    this.source.close();
    this.open = false;
    this.handlers.lost();
    clearTimeout(this.retry);
    this.retry = setTimeout(() => this.connect(), this.wait);
    this.wait = Math.min(longestWait, this.wait * 1.6);
  }

  watch() {
    if (this.source.readyState !== EventSource.CLOSED && performance.now() - this.heard > silenceLimit) {
      this.lose();
    }
  }

  retryNow() {
    if (this.source.readyState === EventSource.CLOSED) {
      this.wait = 1000;
      this.connect();
    }
  }
}
