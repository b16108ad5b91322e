// A new wording belongs to the revision it was begun with (Grundlagentext): whoever writes touches that, too.

document.addEventListener("input", ({ target }) => {
  const base = target.form?.elements["base_revision:int"];
  if (base && base !== target) base.dispatchEvent(new Event("input", { bubbles: true }));
});
