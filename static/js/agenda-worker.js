// Keeps the agenda, the page with one's own contact card and what they are drawn with. The network
// comes first; without it, or where it does not answer soon, the kept page is shown and says so.
"use strict";

const KEPT = "agenda";
const PATIENCE = 5000;
// One person keeps one copy of a page, whatever the headers of the request.
const SAME = { ignoreVary: true };
const agenda = new URL(self.registration.scope).pathname;
const card = `${agenda}/card`;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("message", (event) => {
  if (event.data === "keep") event.waitUntil(fetchAndKeep(agenda));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  const isPage = url.pathname === agenda || url.pathname === card;
  if (request.mode === "navigate" && isPage) event.respondWith(page(event, url.pathname));
  else if (request.mode !== "navigate" && !isPage) event.respondWith(part(request));
});

async function page(event, path) {
  const kept = await caches.match(path, SAME);
  const fresh = fetch(event.request).then((answer) => {
    event.waitUntil(keepOrForget(path, answer.clone()));
    return answer;
  });
  if (!kept) return fresh;
  event.waitUntil(fresh.catch(() => {}));
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE));
  const answer = await Promise.race([fresh.catch(() => null), late]);
  return answer ?? labelled(kept);
}

async function part(request) {
  return (await caches.match(request, SAME)) ?? fetch(request);
}

// Whoever may not see the page any more, or is signed out, has no business with the kept one.
async function keepOrForget(path, answer) {
  if (answer.ok && !answer.redirected) return keep(path, answer);
  if (answer.status < 500) await caches.delete(KEPT);
}

async function fetchAndKeep(path) {
  await keepOrForget(path, await fetch(path, { redirect: "manual" }));
}

async function keep(path, answer) {
  const text = await answer.clone().text();
  const store = await caches.open(KEPT);
  await store.put(path, answer);
  const parts = drawnWith(text);
  if (path === agenda) await dropOthers(store, parts);
  await Promise.all(parts.map((address) => keepPart(store, address)));
  if (path === agenda) await fetchAndKeep(card);
}

async function dropOthers(store, parts) {
  for (const { url } of await store.keys()) {
    const { pathname, search } = new URL(url);
    const needed = pathname === agenda || pathname.startsWith(card) || parts.includes(pathname + search);
    if (!needed) await store.delete(url);
  }
}

async function keepPart(store, address) {
  if (address.includes("?v=") && (await store.match(address, SAME))) return;
  const answer = await fetch(address).catch(() => null);
  if (answer?.ok) await store.put(address, answer);
}

function drawnWith(text) {
  const named = text.matchAll(/<(?:link|script|img)\b[^>]*?\s(?:href|src)="(\/[^"]+)"/g);
  return [...named].map((match) => match[1].replaceAll("&amp;", "&"));
}

async function labelled(kept) {
  const text = (await kept.text()).replace(/(<[^>]*data-when-kept[^>]*?) hidden(?:="")?>/g, "$1>");
  const headers = new Headers(kept.headers);
  for (const name of ["Content-Encoding", "Content-Length"]) headers.delete(name);
  return new Response(text, { headers });
}
