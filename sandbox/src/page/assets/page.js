// Keeps a view up to date that says which streams tell about its changes: the page is read again from the server, and
// the parts of it that are marked as live are replaced. Without scripts, loading the page again does the same.
"use strict";

const followed = document.querySelector("[data-follow]");

// While many changes arrive, the page is read at most once in this many milliseconds.
const PAUSE = 200;

let streams = [];
let isStale = false;
let isReading = false;

// One reading at a time, so that an older answer never replaces a newer one.
async function changed() {
  isStale = true;
  if (isReading) return;
  isReading = true;
  while (isStale) {
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
    isStale = false;
    await refresh().catch(() => {});
  }
  isReading = false;
}

async function refresh() {
  const answer = await fetch(location.origin + location.pathname + location.search, { headers: { accept: "text/html" } });
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  document.title = fresh.title;
  for (const part of document.querySelectorAll("[data-live]")) {
    const next = fresh.getElementById(part.id);
    if (next) replace(part, next);
  }
}

// What a reader has opened stays open, and who reads the end of a log sees its new end.
function replace(part, next) {
  for (const details of part.querySelectorAll("details[open]")) {
    next.querySelector("#" + details.id)?.setAttribute("open", "");
  }
  if (part.innerHTML === next.innerHTML) return;
  const log = part.querySelector(".log");
  const atEnd = !log || log.scrollTop + log.clientHeight >= log.scrollHeight - 8;
  const top = log?.scrollTop;
  part.replaceChildren(...next.childNodes);
  const newLog = part.querySelector(".log");
  if (newLog) newLog.scrollTop = atEnd ? newLog.scrollHeight : top;
}

function follow(address) {
  const stream = new EventSource(location.origin + address);
  stream.onmessage = (event) => {
    if (event.lastEventId === "start") return;
    if (event.lastEventId === "end") stream.close();
    changed();
  };
  return stream;
}

// A browser keeps few connections to one server, so only a page that is seen follows.
function watch() {
  streams.forEach((stream) => stream.close());
  streams = document.hidden ? [] : followed.dataset.follow.split(" ").map(follow);
}

if (followed) {
  watch();
  document.addEventListener("visibilitychange", watch);
}
