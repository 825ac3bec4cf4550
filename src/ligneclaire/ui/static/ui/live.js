// News from the server, and the manners of parts that are drawn again while somebody works in them.
(() => {
  const body = document.body;
  const PATIENCE = 2000, MOST_PATIENCE = 60000;
  let source = null, pause = PATIENCE;

  // One stream a visible page: browsers open only six connections to a server, hidden tabs must not hold them.
  const listen = () => {
    if (source || !body.dataset.news) return;
    source = new EventSource(body.dataset.news);
    for (const name of ["news", "sending"]) source.addEventListener(name, () => htmx.trigger(body, name));
    source.addEventListener("open", () => { pause = PATIENCE; keepAgain(); });
    source.addEventListener("error", () => { if (source?.readyState === EventSource.CLOSED) comeBack(); });
  };
  const leave = () => { source?.close(); source = null; };

  // A browser gives up when a proxy answers for a server that is gone. Whoever is logged out asks no more.
  const comeBack = () => {
    leave();
    setTimeout(() => { if (!document.hidden && !isSignedOut()) { listen(); htmx.trigger(body, "news"); } }, pause);
    pause = Math.min(2 * pause, MOST_PATIENCE);
  };
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) return leave();
    listen();
    for (const name of ["news", "sending"]) htmx.trigger(body, name);
  });
  addEventListener("pagehide", leave);
  addEventListener("pageshow", () => { if (!document.hidden) listen(); });

  const typed = (field) => field.matches("[type=radio], [type=checkbox]")
    ? field.checked !== field.defaultChecked
    : field.matches("textarea, [type=text]") && field.value !== field.defaultValue;

  const inWork = (part) => part.querySelector("[data-typed]") || [...part.querySelectorAll("textarea, input")].some(typed);

  document.addEventListener("htmx:beforeSwap", ({ detail }) => {
    const isAsked = detail.requestConfig.verb !== "get" || detail.requestConfig.triggeringEvent?.type === "click";
    if (!isAsked && (inWork(detail.target) || detail.target.querySelector("details[data-holds][open]"))) detail.shouldSwap = false;
  });

  document.addEventListener("htmx:oobBeforeSwap", (event) => {
    const { target, fragment } = event.detail;
    if (inWork(target)) return event.preventDefault();
    for (const old of target.querySelectorAll("details[id]")) {
      const fresh = fragment.querySelector(`#${CSS.escape(old.id)}`);
      if (fresh) fresh.open = old.open;
    }
  });

  // Whoever logged in again in another tab can send what they had typed here.
  document.addEventListener("htmx:configRequest", ({ detail }) => {
    const token = document.cookie.match(/(?:^|; )csrftoken=([^;]*)/);
    if (token && "csrfmiddlewaretoken" in detail.parameters) detail.parameters.csrfmiddlewaretoken = token[1];
  });
  const say = (id, hidden = false) => { const line = document.getElementById(id); if (line) line.hidden = hidden; };
  const isSignedOut = () => document.getElementById("signed-out")?.hidden === false;

  // What no server took is said until one takes it; what is kept while it is typed is then kept by itself.
  const untaken = new Set();
  const keepAgain = () => { for (const form of untaken) if (form.matches("[hx-trigger^=input]")) htmx.trigger(form, "input"); };
  document.addEventListener("htmx:afterRequest", ({ detail: { elt, xhr, successful, requestConfig } }) => {
    if (xhr?.status === 401) return say("signed-out");
    if (successful) say("signed-out", true);
    if (requestConfig.verb === "post") untaken[successful || xhr?.status === 422 ? "delete" : "add"](elt);
    for (const form of untaken) if (!form.isConnected) untaken.delete(form);
    say("failed", untaken.size === 0);
  });

  const menus = () => document.querySelectorAll("details.menu[open]");
  document.addEventListener("click", (event) => {
    for (const menu of menus()) if (!menu.contains(event.target)) menu.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      for (const menu of menus()) {
        menu.open = false;
        menu.querySelector("summary").focus();
      }
    }
  });
})();
