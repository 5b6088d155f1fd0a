// Forms with data-passkey talk to the device: ask the site what to sign, hand it to the browser,
// send the answer with the form. data-passkey is the address that asks; data-make makes a new one.
// Where the browser knows no passkeys the form stays hidden, and other ways stand beside it.
const bytes = (text) =>
  Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, "-")
    .replace(/\//g, "_")
    .replace(/=+$/, "");
const named = (keys = []) => keys.map((key) => ({ ...key, id: bytes(key.id) }));

async function question(form) {
  const token = form.elements.csrf_token.value;
  const answer = await fetch(form.dataset.passkey, {
    method: "POST",
    headers: { "X-CSRFToken": token },
  });
  if (!answer.ok || answer.redirected) throw new Error(`answered ${answer.status}`);
  const asked = await answer.json();
  asked.challenge = bytes(asked.challenge);
  asked.allowCredentials = named(asked.allowCredentials);
  asked.excludeCredentials = named(asked.excludeCredentials);
  if (asked.user) asked.user.id = bytes(asked.user.id);
  return asked;
}

function written({ id, rawId, type, response }) {
  const parts = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature"]) {
    if (response[name]) parts[name] = text(response[name]);
  }
  if (response.userHandle) parts.userHandle = text(response.userHandle);
  if (response.getTransports) parts.transports = response.getTransports();
  return JSON.stringify({ id, rawId: text(rawId), type, response: parts });
}

async function use(form) {
  const publicKey = await question(form);
  const made = "make" in form.dataset;
  const key = made
    ? await navigator.credentials.create({ publicKey })
    : await navigator.credentials.get({ publicKey });
  form.elements.credential.value = written(key);
  form.submit();
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  if (!window.PublicKeyCredential) continue;
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const said = form.querySelector("[data-refused]");
    said.hidden = true;
    try {
      await use(form);
    } catch {
      said.hidden = false;
    }
  });
}
