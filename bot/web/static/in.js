// The button that prints; without this script the browser's own menu does.
"use strict";
document.querySelectorAll("[data-in]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
});
