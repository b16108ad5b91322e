// A new version is here: say so, and reload once nothing can be lost by it.

import { copy, notices } from "./templates.js";
import { anyTouched } from "./touched.js";

const SPREAD = 5000; // not the whole hall at once

/** Reload for `build` as soon as `idle()` and no control is touched; at most once for each build. */
export function reloadFor(build, idle) {
  if (sessionStorage.getItem("build") === build) return; // the page came older than the socket: two processes differ
  sessionStorage.setItem("build", build);
  const note = copy("notice", "reload");
  if (note) notices()?.append(note);
  const attempt = () => (idle() && !anyTouched() ? location.reload() : setTimeout(attempt, 1000));
  setTimeout(attempt, SPREAD * Math.random());
}
