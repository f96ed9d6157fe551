// The table of contents is open where there is room; whoever comes for a quotation is put on it.
"use strict";

const contents = document.querySelector(".contents details");
if (contents && matchMedia("(min-width: 60rem)").matches) contents.open = true;
if (location.hash === "#trich") document.getElementById("trich")?.focus({ preventScroll: true });
