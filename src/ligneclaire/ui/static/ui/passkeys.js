// Forms with `data-passkey`: the browser's passkey signs what the server asks for, and the answer is sent as a form is.
(() => {
  if (!window.PublicKeyCredential || !window.isSecureContext) return;

  const bytes = (text) => Uint8Array.from(
    atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0),
  );
  const written = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const named = (keys = []) => keys.map((key) => ({ ...key, id: bytes(key.id) }));

  const ways = {
    add: (asked) => navigator.credentials.create({ publicKey: {
      ...asked,
      challenge: bytes(asked.challenge),
      user: { ...asked.user, id: bytes(asked.user.id) },
      excludeCredentials: named(asked.excludeCredentials),
    } }),
    use: (asked) => navigator.credentials.get({ publicKey: {
      ...asked, challenge: bytes(asked.challenge), allowCredentials: named(asked.allowCredentials),
    } }),
  };

  const plain = ({ id, rawId, type, response }) => {
    const said = {};
    for (const part of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
      if (response[part]) said[part] = written(response[part]);
    }
    return JSON.stringify({ id, rawId: written(rawId), type, response: said });
  };

  const send = async (address, form, more = {}) => {
    const body = new FormData(form);
    for (const [name, value] of Object.entries(more)) body.set(name, value);
    const answer = await fetch(address, { method: "POST", body });
    if (!answer.ok) throw new Error(`${answer.status}`);
    return answer.json();
  };

  for (const form of document.querySelectorAll("form[data-passkey]")) {
    const fault = form.querySelector("[data-fault]");
    form.hidden = false;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      fault.textContent = "";
      const button = form.querySelector("button");
      button.disabled = true;
      try {
        const asked = await send(form.dataset.options, form);
        const key = await ways[form.dataset.passkey](asked);
        location.assign((await send(form.action, form, { answer: plain(key) })).next);
      } catch {
        fault.textContent = fault.dataset.fault;
        button.disabled = false;
      }
    });
  }
})();
