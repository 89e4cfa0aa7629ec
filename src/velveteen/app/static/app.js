// Small help for pages that work without it: leave at once, cover after a while, hold what is typed.
"use strict";
const root = document.documentElement;
const cover = document.getElementById("cover");
const open = "open" in root.dataset;
const idle = Math.max(15, Number(root.dataset.cover) || 60) * 1000;

let ending;
let keeping;
function hide() {
  root.classList.add("covered");
  cover.hidden = false;
  clearTimeout(ending);
  if (open) ending = setTimeout(() => window.location.replace(root.dataset.first), 245000);
  document.title = cover.querySelector("p").textContent;
}

// The notes may have been locked meanwhile; then the page behind the cover is not shown again.
async function uncover() {
  const answer = await fetch(root.dataset.alive, { method: "POST" }).catch(() => undefined);
  if (open && (!answer || answer.status !== 204)) { window.location.replace(root.dataset.first); return; }
  clearTimeout(ending);
  cover.hidden = true;
  root.classList.remove("covered");
  stir();
}

// A page that is left without its button sends each yes that was chosen on it: not one that the browser filled in again.
const counts = document.querySelector("form[data-counts]");
let given = false;
if (counts) counts.addEventListener("change", () => { given = true; });
for (const words of document.querySelectorAll("[data-scripted]")) words.hidden = false;

function typed() {
  const box = document.querySelector("[data-draft]");
  const fields = new URLSearchParams();
  for (const yes of given ? counts.querySelectorAll("input[value=yes]:checked") : []) fields.append(yes.name, "yes");
  if (box) {
    fields.set("draft", box.dataset.draft);
    fields.set("words", box.value);
  }
  return fields;
}

// A browser sends no more than 64 KB on behalf of a page that is gone.
const long = (words) => words.toString().length > 30000;

function tell(address, words) {
  return fetch(address, { method: "POST", body: words, keepalive: !long(words) }).catch(() => undefined);
}

async function leave(event) {
  if (event) event.preventDefault();
  hide();
  clearTimeout(keeping);
  let words = typed();
  if (long(words)) {  // sent from behind the cover, while the page is still there
    await Promise.race([tell(root.dataset.keep, words), new Promise((on) => { setTimeout(on, 1500); })]);
    words = new URLSearchParams();
  }
  given = false;
  tell(root.dataset.leave, words);
  for (const field of document.querySelectorAll("textarea, input")) field.value = "";
  window.location.replace(root.dataset.away || "about:blank");
}

document.getElementById("leave").addEventListener("submit", leave);
document.getElementById("uncover").addEventListener("click", uncover);

// Shift, three times within five seconds, with no other key between.
let shifts = [];
document.addEventListener("keydown", (event) => {
  if (event.key !== "Shift") { shifts = []; return; }
  if (event.repeat) return;
  const now = performance.now();
  shifts = [...shifts.filter((t) => now - t < 5000), now];
  if (shifts.length >= 3) leave();
});

// A page that the browser kept for “back” shows nothing until it was asked for again.
window.addEventListener("pagehide", () => {
  if (open && given) tell(root.dataset.keep, typed());
  given = false;
  hide();
});
window.addEventListener("pageshow", (event) => { if (event.persisted) window.location.reload(); });

let covering;
let told = 0;
function stir() {
  clearTimeout(covering);
  covering = setTimeout(hide, idle);  // before there is a passphrase too: the words stay in their field behind it
  if (open && performance.now() - told > 30000) {
    told = performance.now();
    fetch(root.dataset.alive, { method: "POST" }).catch(() => undefined);
  }
}
for (const kind of ["pointerdown", "keydown", "scroll"]) document.addEventListener(kind, stir, { passive: true });
stir();

const box = document.querySelector("[data-draft]");
if (box) box.addEventListener("input", () => {
  clearTimeout(keeping);
  keeping = setTimeout(() => tell(root.dataset.keep, typed()), 600);
});

// How far the weighing is; once there is something to see, the page is asked for again, unless it is covered.
const far = document.querySelector("progress[data-at]");
if (far) setInterval(async () => {
  const answer = await fetch(far.dataset.at, { redirect: "manual" }).catch(() => undefined);
  if (answer && answer.status === 200) far.value = Number(await answer.text());
  else if (answer && cover.hidden) window.location.replace(far.dataset.on);
}, 2000);
