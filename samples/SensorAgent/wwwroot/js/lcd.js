// What the display of the hat shows. Without one, or with --display off, there is no picture and nothing to see.
const shortestInterval = 500; // Readings may come faster than anyone looks.

export class Lcd {
  constructor(root) {
    this.root = root;
    this.picture = root.querySelector("img");
    this.askedAt = -Infinity;
    this.picture.addEventListener("load", () => { root.hidden = false; });
    this.picture.addEventListener("error", () => { root.hidden = true; });
  }

  refresh() {
    const now = performance.now();
    if (document.visibilityState === "visible" && now - this.askedAt >= shortestInterval) {
      this.askedAt = now;
      this.picture.src = `display.png?${Math.round(now)}`;
    }
  }

  // An old picture must not pass for the current one.
  hide() {
    this.root.hidden = true;
  }
}
