// Says so when a request of htmx got no answer or a refusal; without it the page would stay silent.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const report = () => {
    const message = document.getElementById("unreachable").content.cloneNode(true);
    const flashes = document.getElementById("flashes");
    flashes.replaceChildren(message);
    flashes.scrollIntoView({ block: "nearest" });
  };
  document.body.addEventListener("htmx:sendError", report);
  document.body.addEventListener("htmx:timeout", report);
  document.body.addEventListener("htmx:responseError", report);
});
