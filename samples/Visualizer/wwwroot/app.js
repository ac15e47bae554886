// What the browser does by itself: it keeps the theme, tells ages without asking the server, and finds back after a lost connection.
window.visualizer = {
  keepTheme(theme) {
    document.cookie = `theme=${theme}; path=/; max-age=31536000; samesite=strict`;
    document.documentElement.dataset.theme = theme;
  },
};

// <age-since datetime="2026-03-01T12:00:00Z"> shows "3 min ago"; its own text stays as the server wrote it.
customElements.define("age-since", class extends HTMLElement {
  static observedAttributes = ["datetime"];
  connectedCallback() {
    this.shadow ??= this.attachShadow({ mode: "open" });
    this.timer = setInterval(() => this.show(), 10_000);
    this.show();
  }
  disconnectedCallback() {
    clearInterval(this.timer);
  }
  attributeChangedCallback() {
    this.show();
  }
  show() {
    if (!this.shadow) {
      return;
    }
    const seconds = Math.max(0, (Date.now() - Date.parse(this.getAttribute("datetime"))) / 1000);
    const [value, unit] = seconds < 60 ? [seconds, "s"] : seconds < 3600 ? [seconds / 60, "min"] : seconds < 172_800 ? [seconds / 3600, "h"] : [seconds / 86_400, "days"];
    this.shadow.textContent = seconds < 10 ? "just now" : `${Math.floor(value)} ${unit} ago`;
    this.title = new Date(this.getAttribute("datetime")).toLocaleString();
  }
});

// A wall screen has nobody to press "reload": when the connection cannot be made or resumed, the page is loaded again as soon as the server answers.
let isReloading = false;
function reloadWhenServed() {
  if (isReloading) {
    return;
  }
  isReloading = true;
  setInterval(async () => {
    try {
      if ((await fetch("/health", { cache: "no-store" })).ok) {
        location.reload();
      }
    } catch {
      // Not yet.
    }
  }, 3_000);
}

new MutationObserver(() => {
  if (document.querySelector("#components-reconnect-modal:is(.components-reconnect-failed, .components-reconnect-rejected)")) {
    reloadWhenServed();
  }
}).observe(document.documentElement, { subtree: true, attributes: true, attributeFilter: ["class"] });
window.addEventListener("unhandledrejection", reloadWhenServed);
