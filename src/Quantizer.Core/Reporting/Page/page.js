"use strict";
// Only what the page can do without: theme, copying, opacity of masks. Everything else that is to be read stands in the markup.
const data = JSON.parse(document.getElementById("page-data").textContent);

// An element with attributes and children; texts are never read as markup.
function make(name, attributes = {}, ...children) {
  const element = name.startsWith("svg:")
    ? document.createElementNS("http://www.w3.org/2000/svg", name.slice(4))
    : document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

function button(text, act, kind = "button") {
  const element = make("button", { type: "button", class: kind }, text);
  element.addEventListener("click", act);
  return element;
}

// Four significant digits, as in the tables.
function short(value) {
  return value === null ? "-" : String(Number(value.toPrecision(4)));
}

// The end of a name tells more than its beginning.
function tail(name, letters) {
  return name.length > letters ? "…" + name.slice(1 - letters) : name;
}

function decibels(value) {
  return value === null || value === undefined ? "identical" : value.toFixed(1) + " dB";
}

// The theme is kept only while the page is open: the file stores nothing.
{
  const isDark = () => (document.documentElement.style.colorScheme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
  const toggle = button("", () => {
    document.documentElement.style.colorScheme = isDark() ? "light" : "dark";
    name();
  }, "button theme");
  const name = () => (toggle.textContent = isDark() ? "Light theme" : "Dark theme");
  name();
  document.querySelector("nav").append(toggle);
}

// On small screens the contents are folded away at first.
if (!matchMedia("(min-width: 68rem)").matches) document.querySelector("nav details").open = false;

for (const command of document.querySelectorAll(".command")) {
  const copy = button("Copy", async () => {
    const text = command.textContent;
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      // A page from a file may not be allowed to; what is selected can be copied by hand.
      getSelection().selectAllChildren(command);
      document.execCommand("copy");
    }
    copy.textContent = "Copied";
  });
  command.after(make("p", { class: "tools" }, copy));
}

for (const list of document.querySelectorAll(".samples.held")) {
  const all = button(`Show all ${list.childElementCount}`, () => {
    list.classList.remove("held");
    all.parentElement.remove();
  });
  list.after(make("p", { class: "more" }, all));
}

{
  const masks = document.querySelectorAll(".mask");
  if (masks.length > 0) {
    const range = make("input", { type: "range", min: "0", max: "1", step: "0.05", value: "1" });
    range.addEventListener("input", () => masks.forEach((mask) => (mask.style.opacity = range.value)));
    document.getElementById("changed-samples").before(make("p", { class: "tools" }, make("label", {}, "Opacity of the masks", range)));
  }
}

