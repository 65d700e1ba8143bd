/* What no markup can do: copy, count chosen rows, keep the focus after a swap. Every page works without it. */
"use strict";

const offerCopies = (place) => {
  for (const button of place.querySelectorAll("[data-copy]")) button.hidden = !navigator.clipboard;
};
offerCopies(document);

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
  document.getElementById("melding-live").textContent = button.textContent = button.dataset.done;
});

const count = (form) => {
  const chosen = form.querySelectorAll("tbody input:checked").length;
  form.querySelector("[data-chosen]").textContent = chosen || "";
};
for (const form of document.querySelectorAll(".zp-choose")) count(form);
document.addEventListener("change", (event) => {
  const form = event.target.closest(".zp-choose");
  if (form) count(form);
});
document.addEventListener("reset", (event) => {
  if (event.target.matches(".zp-choose")) setTimeout(() => count(event.target));
});

/* A field that goes with one choice: under the others it is not asked. */
for (const control of document.querySelectorAll("[data-only-with]")) {
  const [name, value] = control.dataset.onlyWith.split("=");
  const field = control.closest(".utrecht-form-field");
  const show = () => {
    field.hidden = control.form.elements[name].value !== value;
  };
  control.form.addEventListener("change", show);
  show();
}

/* The menu of the person closes as one expects of a menu. */
document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && event.target.closest(".zp-drop[open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll(".zp-drop[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

/* A whole page that came back with errors begins at their summary, as a fragment does. */
document.querySelector("[data-focus]")?.focus();

document.addEventListener("htmx:beforeRequest", (event) => {
  const polls = event.target.matches("[data-poll]");
  if (polls && document.hidden) event.preventDefault();
  else if (!polls) event.detail.target.setAttribute("aria-busy", "true");
});
/* What refreshes itself disturbs nobody: not who selects words in it, nor who filled in what is not sent yet. */
const isTouched = (field) =>
  field.options
    ? [...field.options].some((option) => option.selected !== option.defaultSelected)
    : field.value !== field.defaultValue || field.checked !== field.defaultChecked;
const isBusyIn = (place) => {
  const selection = getSelection();
  if (!selection.isCollapsed && selection.containsNode(place, true)) return true;
  const fields = [...place.querySelectorAll("input:not([type=hidden]), select, textarea")];
  return fields.some((field) => field === document.activeElement || isTouched(field));
};
let focused = null;
document.addEventListener("htmx:beforeSwap", (event) => {
  const place = event.target;
  if (!place.matches("[data-quiet]")) return;
  focused = place.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
  const written = focused?.replaceAll("&", "&amp;");
  const isGone = focused && !event.detail.serverResponse.includes(`href="${written}"`);
  if (isBusyIn(place) || isGone) event.detail.shouldSwap = false;
});
document.addEventListener("htmx:afterSwap", () => {
  const links = focused ? [...document.querySelectorAll("[data-quiet] a")] : [];
  links.find((link) => link.getAttribute("href") === focused)?.focus();
  focused = null;
});
/* A refusal or a failure is a page of its own: it takes the place of this one's content. */
document.addEventListener("htmx:beforeSwap", (event) => {
  const { detail } = event;
  if (detail.xhr.status < 400 || detail.xhr.status === 422 || event.target.matches("[data-poll]")) return;
  detail.shouldSwap = true;
  detail.target = document.getElementById("main");
  detail.swapOverride = "outerHTML";
  detail.selectOverride = "#main";
});
document.addEventListener("htmx:afterRequest", (event) => {
  event.detail.target.removeAttribute("aria-busy");
});
document.addEventListener("htmx:afterSettle", (event) => {
  offerCopies(event.target);
  const summary = event.target.querySelector("[data-focus]");
  if (summary) summary.focus();
  else if (document.activeElement === document.body && !event.target.matches("[data-poll]")) {
    const heading = event.target.querySelector("h1, h2, h3");
    if (heading) {
      heading.tabIndex = -1;
      heading.focus();
    }
  }
});
