// Half a text survives a reload: what stands in a field and was not sent is kept on this device.

import { identity } from "./forms.js";
import { local } from "./local.js";
import { fill, unsent } from "./touched.js";

export function startDrafts(key) {
  const drafts = local(key, {});
  const seen = new WeakSet();
  const place = (control) => [...control.form.elements].filter(({ name }) => name === control.name).indexOf(control);
  const nameOf = (control) => `${identity(control.form)}\n${control.name}\n${place(control)}`;
  const fields = () => [...document.querySelectorAll("form textarea")];

  function save() {
    const changed = { ...drafts.value };
    for (const control of fields()) {
      if (unsent(control) && control.value !== control.defaultValue) changed[nameOf(control)] = control.value;
      else delete changed[nameOf(control)];
    }
    if (JSON.stringify(changed) !== JSON.stringify(drafts.value)) drafts.value = changed;
  }

  function restore() {
    for (const control of fields()) {
      if (seen.has(control)) continue;
      seen.add(control);
      const text = drafts.value[nameOf(control)];
      if (text && !unsent(control)) fill(control, text);
    }
  }

  restore();
  document.addEventListener("patched", restore);
  addEventListener("pagehide", save);
  setInterval(save, 2000);
}
