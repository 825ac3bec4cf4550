// Loaded before anything is drawn: the colours follow the machine unless the adviser chose.
(() => {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const chosen = () => {
    try { return localStorage.getItem("theme"); } catch { return null; }
  };
  const apply = () => {
    document.documentElement.dataset.bsTheme = chosen() || (dark.matches ? "dark" : "light");
  };
  apply();
  dark.addEventListener("change", apply);
  document.addEventListener("DOMContentLoaded", () => {
    const choice = document.querySelector("select[name=theme]");
    if (!choice) return;
    choice.value = chosen() || "";
    choice.addEventListener("change", () => {
      try {
        if (choice.value) localStorage.setItem("theme", choice.value);
        else localStorage.removeItem("theme");
      } catch { /* then it lasts for this page only */ }
      document.documentElement.dataset.bsTheme = choice.value || (dark.matches ? "dark" : "light");
    });
  });
})();
