// A form as a command: where it goes, what it says, and by which name it is found again.

import { decoded } from "./fields.js";

/** Names a form across patches and reloads: its command and what is written in its hidden fields. */
export function identity(form) {
  const hidden = [...form.querySelectorAll("input[type=hidden]")].map(({ name, value }) => `${name}=${value}`);
  return [form.dataset.activity, form.dataset.command, ...hidden].join("\n");
}

export const formOf = (key) => [...document.forms].find((form) => identity(form) === key);

/** What a command says, whichever press it came from. */
export const said = ({ form, data }) => `${form}\n${JSON.stringify(data)}`;

const WORDS = "textarea, input:not([type]), input[type=text]";

/** The fields a person writes words into. */
export const wordsOf = (form) => [...form.elements].filter((control) => control.matches(WORDS));

/** The command that submitting `form` by `submitter` gives. */
export function commandOf(form, submitter) {
  const { activity, command } = form.dataset;
  const entries = [...new FormData(form)].filter(([, value]) => typeof value === "string"); // files go ahead
  if (submitter?.name) entries.push([submitter.name, submitter.value]);
  return {
    id: newId(),
    action: new URL(form.getAttribute("action"), document.baseURI).pathname,
    activity,
    command,
    data: decoded(entries),
    when: Date.now(),
    form: identity(form),
    words: wordsOf(form).filter(({ value }) => value.trim()).map(({ name, value }) => [name, value]),
  };
}

// 128 random bits; crypto.randomUUID is missing on the plain http of a laptop in a hall.
function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
