// In the frame on another site: it is opened and closed by its holder, nothing else passes between the two.
"use strict";

(() => {
  if (window.parent === window) return;
  const close = () => window.parent.postMessage({ motCua: "dong" }, "*");
  document.querySelectorAll("[data-dong]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", close);
  });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") close(); });
  window.addEventListener("message", (event) => {
    if (event.source === window.parent && event.data?.motCua === "mo") document.getElementById("cau-hoi")?.focus();
  });
})();
