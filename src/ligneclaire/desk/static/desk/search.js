// The one box to search with: Ctrl-K or "/" from anywhere, arrows through what is suggested, Escape to close it.
(() => {
  const box = document.querySelector("#search");
  const list = document.querySelector("#suggestions");
  if (!box) return;

  const close = () => {
    htmx.trigger(box, "htmx:abort");
    list.replaceChildren();
  };

  document.addEventListener("keydown", (event) => {
    const writes = event.target.closest("input, textarea, select, [contenteditable]");
    const isCtrlK = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "k";
    const isSlash = event.key === "/" && !writes && !event.ctrlKey && !event.metaKey && !event.altKey;
    if (!isCtrlK && !isSlash) return;
    event.preventDefault();
    box.focus();
    box.select();
  });

  box.form.addEventListener("keydown", (event) => {
    const stops = [box, ...list.querySelectorAll("a")];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (stops.length === 1) return;
    if (step) {
      event.preventDefault();
      stops[(stops.indexOf(document.activeElement) + step + stops.length) % stops.length].focus();
    } else if (event.key === "Escape") {
      event.preventDefault();
      close();
      box.focus();
    }
  });
  box.form.addEventListener("focusout", ({ relatedTarget }) => { if (!box.form.contains(relatedTarget)) close(); });
  list.addEventListener("mousedown", (event) => event.preventDefault()); // a click must not close the list before it counts
})();
