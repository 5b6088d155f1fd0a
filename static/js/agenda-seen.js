// Says that the changes were seen, once the page has been in view for a while; the marks stay until
// the next visit.
"use strict";

const LOOKING = 4000;
const seen = document.querySelector("form[data-seen]");

function tell() {
  if (document.visibilityState !== "visible") return;
  removeEventListener("visibilitychange", wait);
  fetch(seen.action, { method: "POST", body: new FormData(seen), keepalive: true }).catch(() => {});
}

function wait() {
  if (document.visibilityState === "visible") setTimeout(tell, LOOKING);
}

if (seen) {
  addEventListener("visibilitychange", wait);
  wait();
}
