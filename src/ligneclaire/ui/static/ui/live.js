// News from the server, and the manners of parts that are drawn again while somebody works in them.
(() => {
  const body = document.body;
  let source = null;

  // One stream a visible page: browsers open only six connections to a server, hidden tabs must not hold them.
  const listen = () => {
    if (source || !body.dataset.news) return;
    source = new EventSource(body.dataset.news);
    for (const name of ["news", "sending"]) source.addEventListener(name, () => htmx.trigger(body, name));
  };
  const leave = () => { source?.close(); source = null; };
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
  document.addEventListener("htmx:afterRequest", ({ detail }) => {
    if (detail.xhr?.status === 401) say("signed-out");
    else if (detail.failed && detail.xhr?.status !== 422 && detail.requestConfig.verb === "post") say("failed");
    else for (const id of ["signed-out", "failed"]) say(id, true);
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
