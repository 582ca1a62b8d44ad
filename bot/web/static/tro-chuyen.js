// The conversation without reloading the page. Without this script the same form posts and the page comes back whole.
"use strict";

(() => {
  const form = document.getElementById("hoi-dap");
  const log = document.getElementById("loi-thoai");
  if (!form || !log || !window.fetch) return;

  const text = form.elements.text;
  const place = form.elements.noi;
  const files = form.elements.tep;
  const more = form.querySelector("[data-tep]");
  const names = form.querySelector("[data-ten-tep]");
  const locate = form.querySelector("[data-vi-tri]");
  const status = form.querySelector("[data-trang-thai]");
  const hint = names.textContent;
  const POLL = 25000;
  let busy = false;
  let seen = [];
  let poll = 0;

  const tellStatus = (words) => { status.textContent = words; };

  const grow = () => {
    text.style.height = "auto";
    text.style.height = Math.min(text.scrollHeight + 2, 180) + "px";
  };

  const takeFiles = (yes) => {
    more.hidden = !yes;
    files.disabled = !yes;
  };

  const clear = () => {
    text.value = "";
    files.value = "";
    place.value = "";
    names.textContent = hint;
    grow();
  };

  const add = (html) => {
    document.querySelectorAll("[data-goi-y]").forEach((old) => old.remove());
    document.querySelector(".mo-dau")?.classList.add("da-noi");
    const first = log.children.length;
    log.insertAdjacentHTML("beforeend", html);
    const added = [...log.children].slice(first);
    added[0]?.scrollIntoView({ block: "start", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
    return added;
  };

  const dropOldButtons = () => {
    log.querySelectorAll(".loi:not(.tin) > .chon, .loi:not(.tin) > .danh-gia").forEach((old) => old.remove());
  };

  const post = async (address, data) => {
    const answer = await fetch(address, { method: "POST", body: data, headers: { Accept: "application/json" } });
    const body = await answer.json();
    if (!answer.ok) throw new Error(body.text || "");
    return body;
  };

  const send = async (button) => {
    const data = new FormData(form);
    if (button?.name) data.set(button.name, button.value);
    if (button?.name === "choice") data.set("label", button.textContent.trim());
    const empty = !button?.name && !text.value.trim() && !files.files.length && !place.value;
    if (busy || empty) return;
    busy = true;
    form.setAttribute("aria-busy", "true");
    tellStatus(form.dataset.dangXem);
    try {
      const answer = await post(form.action, data);
      dropOldButtons();
      add(answer.html);
      if (!button?.name || button.name === "choice") clear();
      takeFiles(answer.files);
      if (answer.waits) listen();
      tellStatus("");
    } catch (bad) {
      tellStatus((bad instanceof TypeError ? "" : bad.message) || form.dataset.hong);
    } finally {
      busy = false;
      form.removeAttribute("aria-busy");
      if (matchMedia("(hover: hover)").matches) text.focus({ preventScroll: true });
    }
  };

  // what officers answered while the page is open: asked for gently, and only where something is awaited
  const ask = async () => {
    if (document.hidden || busy) return;
    const data = new FormData();
    data.set("_ky", form.elements._ky.value);
    seen.forEach((number) => data.append("seen", number));
    try {
      const answer = await post(form.dataset.tinMoi, data);
      const shown = new Set([...log.querySelectorAll("[data-tin]")].map((one) => one.dataset.tin));
      if (answer.news.some((number) => !shown.has(String(number)))) add(answer.html);
      seen = answer.news;
    } catch {
      // the next turn asks again
    }
  };

  const listen = () => {
    if (!poll) poll = setInterval(ask, POLL);
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send(event.submitter);
  });
  text.addEventListener("input", grow);
  text.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      send(null);
    }
  });
  files.addEventListener("change", () => {
    names.textContent = [...files.files].map((file) => file.name).join(", ") || hint;
  });
  if (navigator.geolocation && window.isSecureContext) {
    locate.hidden = false;
    locate.addEventListener("click", () => {
      navigator.geolocation.getCurrentPosition(
        ({ coords }) => { place.value = `${coords.latitude.toFixed(5)},${coords.longitude.toFixed(5)}`; send(null); },
        () => tellStatus(form.dataset.khongViTri),
        { timeout: 10000 },
      );
    });
  }
  document.addEventListener("visibilitychange", () => { if (!document.hidden && poll) ask(); });

  if (form.dataset.cho) listen();
  if (text.value) grow();
  log.lastElementChild?.scrollIntoView({ block: "nearest" });
})();
