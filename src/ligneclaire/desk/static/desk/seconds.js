// Counts down the seconds in which a message can be taken back; without a script they stand as the page was sent.
(() => {
  for (const place of document.querySelectorAll("[data-seconds]")) {
    const before = Date.now();
    const all = Number(place.dataset.seconds);
    let shown = all;
    const timer = setInterval(() => {
      const left = Math.max(0, all - Math.floor((Date.now() - before) / 1000));
      place.textContent = place.textContent.replace(String(shown), String(left));
      shown = left;
      if (left) return;
      clearInterval(timer);
      place.hidden = true;
    }, 1000);
  }
})();
