/* A form with data-passkey: asks a passkey or security key, and sends what it said in the field "credential". */
"use strict";

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

/* What a key is asked: the members that are bytes travel as base64url. */
const asked = ({ publicKey }) => {
  const options = { ...publicKey, challenge: bytes(publicKey.challenge) };
  if (options.user) options.user = { ...options.user, id: bytes(options.user.id) };
  for (const list of ["excludeCredentials", "allowCredentials"]) {
    if (options[list]) options[list] = options[list].map((each) => ({ ...each, id: bytes(each.id) }));
  }
  return { publicKey: options };
};

const answered = (credential) => {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[name]) response[name] = text(credential.response[name]);
  }
  return {
    type: credential.type,
    id: credential.id,
    rawId: text(credential.rawId),
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
    response,
  };
};

/* Whether a new one may be used without a password is a box of the form, which the key has to know of. */
const wished = (options, form) => {
  const box = form.elements.passwordless;
  if (!box) return options;
  const selection = {
    ...options.publicKey.authenticatorSelection,
    residentKey: box.checked ? "required" : "discouraged",
    requireResidentKey: box.checked,
  };
  if (box.checked) selection.userVerification = "required";
  return { publicKey: { ...options.publicKey, authenticatorSelection: selection } };
};

const told = async (form) => {
  if (form.dataset.options) return JSON.parse(form.dataset.options);
  const answer = await fetch(form.dataset.ask, { headers: { Accept: "application/json" } });
  return (await answer.json()).request_options;
};

document.addEventListener("submit", async (event) => {
  const form = event.target.closest("[data-passkey]");
  if (!form) return;
  event.preventDefault();
  const trouble = form.querySelector("[data-trouble]");
  if (!window.PublicKeyCredential) {
    trouble.textContent = form.dataset.missing;
    return;
  }
  trouble.textContent = "";
  try {
    const options = asked(wished(await told(form), form));
    const credential = await navigator.credentials[form.dataset.passkey](options);
    form.elements.credential.value = JSON.stringify(answered(credential));
  } catch {
    trouble.textContent = form.dataset.failed;
    return;
  }
  form.submit();
});
