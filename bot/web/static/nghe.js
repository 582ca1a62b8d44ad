// An answer is read aloud by the browser's own Vietnamese voice. Where there is none, the button never shows.
"use strict";

(() => {
  const speech = window.speechSynthesis;
  if (!speech || !window.SpeechSynthesisUtterance) return;
  let voice = null;
  let playing = null;

  const label = (button, words) => {
    button.querySelector("span").textContent = words;
  };

  const stop = () => {
    speech.cancel();
    if (playing) {
      playing.setAttribute("aria-pressed", "false");
      label(playing, playing.dataset.nghe);
    }
    playing = null;
  };

  // a long utterance breaks off in some browsers: sentence by sentence, as a reader breathes
  const sentences = (text) => text.split(/(?<=[.!?;:])\s+|\n+/).map((part) => part.trim()).filter(Boolean);

  const read = (button) => {
    const again = button === playing;
    stop();
    if (again) return;
    playing = button;
    button.setAttribute("aria-pressed", "true");
    label(button, button.dataset.thoi);
    const parts = sentences(button.dataset.loi);
    parts.forEach((part, at) => {
      const said = new SpeechSynthesisUtterance(part);
      said.voice = voice;
      said.lang = voice.lang;
      said.rate = 0.95;
      if (at === parts.length - 1) said.onend = () => { if (playing === button) stop(); };
      speech.speak(said);
    });
  };

  const show = () => {
    if (!voice) return;
    document.querySelectorAll("[data-nghe][hidden]").forEach((button) => { button.hidden = false; });
  };

  const look = () => {
    const found = speech.getVoices().filter((one) => /^vi\b/i.test(one.lang.replace("_", "-")));
    // one that stays on the machine needs no network and tells nobody what is read
    voice = found.find((one) => one.localService) || found[0] || null;
    show();
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-nghe]");
    if (button && voice) read(button);
  });
  window.addEventListener("pagehide", stop);
  const log = document.getElementById("loi-thoai");
  if (log) new MutationObserver(show).observe(log, { childList: true });
  speech.addEventListener?.("voiceschanged", look);
  look();
})();
