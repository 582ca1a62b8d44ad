// Puts the assistant's button on a site: <script src="https://…/widget.js" defer></script>
// data-nhan: what stands on the button; data-mau: its colour. Nothing of the site is read, nothing of it is sent.
"use strict";

(() => {
  const script = document.currentScript;
  if (!script || document.getElementById("mot-cua-nut")) return;
  const origin = new URL(script.src).origin;
  const label = script.dataset.nhan || "Hỏi thủ tục";
  const colour = script.dataset.mau || "#0b6b63";
  const NARROW = 560;

  const set = (element, styles) => Object.entries(styles).forEach(([name, value]) => element.style.setProperty(name, value, "important"));

  const button = document.createElement("button");
  button.id = "mot-cua-nut";
  button.type = "button";
  button.textContent = label;
  button.setAttribute("aria-expanded", "false");
  button.setAttribute("aria-controls", "mot-cua-khung");
  set(button, {
    position: "fixed", right: "16px", bottom: "16px", "z-index": "2147483000", padding: "12px 20px",
    border: "0", "border-radius": "99px", background: colour, color: "#fff", cursor: "pointer",
    font: "600 17px/1.3 system-ui, 'Segoe UI', Roboto, 'Noto Sans', Arial, sans-serif",
    "box-shadow": "0 4px 18px rgba(0,0,0,.28)",
  });

  let frame = null;

  const place = () => {
    const narrow = window.innerWidth < NARROW;
    set(frame, {
      position: "fixed", right: narrow ? "0" : "16px", bottom: narrow ? "0" : "16px", "z-index": "2147483001",
      width: narrow ? "100vw" : "400px", height: narrow ? "100dvh" : "min(640px, calc(100vh - 32px))",
      "max-width": "100vw", border: "0", "border-radius": narrow ? "0" : "16px", background: "#fff",
      "box-shadow": "0 10px 40px rgba(0,0,0,.3)", "color-scheme": "light dark",
    });
  };

  const make = () => {
    frame = document.createElement("iframe");
    frame.id = "mot-cua-khung";
    frame.title = label;
    frame.src = `${origin}/khung`;
    frame.allow = "geolocation";
    frame.addEventListener("load", () => frame.contentWindow.postMessage({ motCua: "mo" }, origin));
    place();
    document.body.append(frame);
  };

  const show = (open) => {
    if (open && !frame) make();
    frame.hidden = !open;
    set(frame, { display: open ? "block" : "none" });
    button.setAttribute("aria-expanded", String(open));
    set(button, { display: open ? "none" : "block" });
    if (open) {
      frame.contentWindow?.postMessage({ motCua: "mo" }, origin);
    } else {
      button.focus();
    }
  };

  button.addEventListener("click", () => show(true));
  window.addEventListener("resize", () => { if (frame && !frame.hidden) { place(); set(frame, { display: "block" }); } });
  window.addEventListener("message", (event) => {
    if (!frame || event.origin !== origin || event.source !== frame.contentWindow) return;
    if (event.data?.motCua === "dong") show(false);
  });
  const ready = () => document.body.append(button);
  if (document.body) ready(); else document.addEventListener("DOMContentLoaded", ready);
})();
