// Runs before the page is drawn, so that it never flashes in the wrong theme.
"use strict";
(() => {
  const system = matchMedia("(prefers-color-scheme: light)");
  const stored = () => { try { return localStorage.getItem("theme"); } catch { return null; } };
  const apply = () => {
    document.documentElement.dataset.theme = stored() ?? (system.matches ? "light" : "dark");
    document.dispatchEvent(new Event("themechange"));
  };

  system.addEventListener("change", apply);
  apply();
  addEventListener("DOMContentLoaded", () => document.getElementById("theme").addEventListener("click", () => {
    const next = document.documentElement.dataset.theme === "dark" ? "light" : "dark";
    try { localStorage.setItem("theme", next); } catch { /* Not kept, but shown. */ }
    document.documentElement.dataset.theme = next;
    document.dispatchEvent(new Event("themechange"));
  }));
})();
