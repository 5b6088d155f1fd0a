// Adds the viewer's own time where it differs from the event's and the account names no zone.
"use strict";

const note = document.querySelector("[data-viewer-zone]");

if (note) {
  const language = document.documentElement.lang;
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const clock = { hour: language === "fi" ? "numeric" : "2-digit", minute: "2-digit", hourCycle: "h23" };
  const here = new Intl.DateTimeFormat(language, { ...clock, timeZone });
  const there = new Intl.DateTimeFormat(language, { ...clock, timeZone: note.dataset.viewerZone });
  for (const time of document.querySelectorAll("time.moment-time[datetime]")) {
    const moment = new Date(time.dateTime);
    if (here.format(moment) === there.format(moment)) continue;
    const own = document.createElement("span");
    own.className = "moment-also";
    own.textContent = here.format(moment);
    time.append(own);
    note.hidden = false;
  }
  const city = timeZone.split("/").pop().replaceAll("_", " ");
  note.textContent = note.textContent.replace("{zone}", city);
}
