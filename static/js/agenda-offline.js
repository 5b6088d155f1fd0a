// Has the agenda kept on this device, and says when the one in view is out of date.
"use strict";

const page = document.querySelector("[data-agenda-version]");
const version = page.dataset.agendaVersion;

async function keep() {
  const { serviceWorker } = navigator;
  const keptAlready = serviceWorker.controller;
  await serviceWorker.register(page.dataset.worker, { scope: location.pathname });
  const { active } = await serviceWorker.ready;
  if (!keptAlready) active.postMessage("keep");
}

async function compare() {
  if (document.visibilityState !== "visible" || !navigator.onLine) return;
  const answer = await fetch(location.pathname, { redirect: "manual" }).catch(() => null);
  if (!answer?.ok) return;
  const other = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = other.querySelector("[data-agenda-version]")?.dataset.agendaVersion;
  if (fresh && fresh !== version) document.querySelector("[data-when-outdated]").hidden = false;
}

if (page.dataset.worker && "serviceWorker" in navigator) keep().catch(() => {});
document.addEventListener("visibilitychange", compare);
