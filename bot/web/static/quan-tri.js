// What makes the console smoother: live counts, ready replies, progress of long work. Everything works without it.
"use strict";

const EVERY = 20000, WORK_EVERY = 1500;

function countsLive(main) {
  const look = async () => {
    if (document.hidden) return;
    const answer = await fetch(main.dataset.demTai, { headers: { Accept: "application/json" }, cache: "no-store" }).catch(() => null);
    if (!answer) return;
    if (answer.status === 401) return clearInterval(timer);
    if (!answer.ok) return;
    const counts = await answer.json();
    for (const place of document.querySelectorAll("[data-dem]")) {
      const now = String(counts[place.dataset.dem] ?? "");
      if (now && place.textContent !== now) place.textContent = now;
    }
  };
  const timer = setInterval(look, EVERY);
  document.addEventListener("visibilitychange", look);
}

function readyReplies(select) {
  select.addEventListener("change", () => {
    const area = document.getElementById(select.dataset.mau);
    if (!area || !select.value) return;
    area.value = area.value.trim() ? `${area.value.trimEnd()}\n${select.value}` : select.value;
    select.value = "";
    area.focus();
  });
}

function workLive(box) {
  const bar = box.querySelector("progress"), step = box.querySelector("[data-buoc]");
  const look = async () => {
    const answer = await fetch(box.dataset.viec, { headers: { Accept: "application/json" }, cache: "no-store" }).catch(() => null);
    if (answer && answer.ok) {
      const work = await answer.json();
      if (work.state !== "running") return location.reload();
      bar.value = work.progress;
      if (work.step && step.textContent !== work.step) step.textContent = work.step;
    }
    setTimeout(look, WORK_EVERY);
  };
  setTimeout(look, WORK_EVERY);
}

function once(form) {
  // a second press of an impatient finger sends nothing
  form.addEventListener("submit", (event) => {
    if (form.dataset.gui) return event.preventDefault();
    form.dataset.gui = "1";
    setTimeout(() => delete form.dataset.gui, 4000);
  });
}

const main = document.querySelector("[data-dem-tai]");
if (main) countsLive(main);
document.querySelectorAll("[data-mau]").forEach(readyReplies);
document.querySelectorAll("[data-viec]").forEach(workLive);
document.querySelectorAll("form[method=post]").forEach(once);
if (matchMedia("(max-width: 52rem)").matches) {
  // on a telephone the list comes first; who filters opens it
  for (const box of document.querySelectorAll("details[data-gap-hep]")) box.open = false;
}
document.querySelectorAll("[data-in]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => print());
});
document.addEventListener("click", (event) => {
  for (const open of document.querySelectorAll("details.toi[open]")) if (!open.contains(event.target)) open.open = false;
});
