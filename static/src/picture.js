// A picture goes ahead of the command that names it: the outbox keeps words, not megabytes.
//
// The form waits until the server has taken the picture and said by which name; then it is submitted like any other,
// with that name in a field of its own. Without a script the form brings the file itself.

export function startPictures() {
  const ready = new WeakSet(); // forms whose picture has arrived

  document.addEventListener("submit", (event) => {
    const { target: form, submitter } = event;
    const file = chosen(form);
    if (!file || ready.has(form)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (form.getAttribute("aria-busy") === "true") return;
    form.setAttribute("aria-busy", "true");
    sent(form, file).then((answer) => {
      form.removeAttribute("aria-busy");
      say(form, answer);
      if (!answer.ok) return;
      const field = named(answer.id);
      ready.add(form);
      form.append(field);
      form.requestSubmit(submitter);
      field.remove();
      ready.delete(form);
    });
  }, true);
}

const chosen = (form) => form.dataset.command && form.querySelector("input[type=file]")?.files[0];

async function sent(form, file) {
  const { place, person } = document.body.dataset;
  const query = new URLSearchParams({ activity: form.dataset.activity, place, person });
  const body = new FormData();
  body.append("picture", file);
  try {
    return await (await fetch(`bild?${query}`, { method: "POST", body, redirect: "error" })).json();
  } catch {
    return { ok: false }; // no connection
  }
}

// What has not arrived is said at the form, in the server's words where it has some.
function say(form, { ok, sentence }) {
  const place = form.querySelector("[data-unsent]");
  if (sentence) place.querySelector("span").textContent = sentence;
  place.hidden = ok;
}

// Not a hidden field: by those a form is known.
function named(id) {
  const field = Object.assign(document.createElement("input"), { type: "checkbox", name: "image", value: id });
  field.checked = field.hidden = true;
  return field;
}
