// Nobody is signed in here: what was kept for whoever was goes.
"use strict";

if ("caches" in window) caches.delete("agenda").catch(() => {});
