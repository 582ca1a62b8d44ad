// Large type, remembered in this browser. Runs before the page is drawn, so that nothing jumps.
"use strict";

(() => {
  const KEY = "motcua-chu-to";
  const root = document.documentElement;
  const remembered = () => { try { return localStorage.getItem(KEY) === "1"; } catch { return false; } };
  const remember = (large) => { try { localStorage.setItem(KEY, large ? "1" : "0"); } catch { /* only for this page */ } };

  const set = (large) => {
    root.classList.toggle("chu-to", large);
    document.querySelectorAll("[data-chu-to]").forEach((button) => {
      button.hidden = false;
      button.setAttribute("aria-pressed", String(large));
    });
  };

  set(remembered());
  document.addEventListener("DOMContentLoaded", () => {
    set(remembered());
    document.querySelectorAll("[data-chu-to]").forEach((button) => {
      button.addEventListener("click", () => {
        const large = !root.classList.contains("chu-to");
        remember(large);
        set(large);
      });
    });
  });
})();
