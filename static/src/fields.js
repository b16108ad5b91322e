// What the fields of a form say, as the data of a command.
//
//   text             "…"            reason:opt       "…", left out where it is empty
//   value:int        whole number   number:num       any number, with a comma or a point
//   choices[]        a list         counts[team]:int a map
//   answers[q1][choices][]          a list in a map in a map
//   anonymous:bool   true or false  sources:refs     a list of references in one line
//
// The server reads plain forms by the same rules; tests/fields.json holds both to them.

// Only the last brackets may be empty; four deep is what the deepest form needs.
const NAME = /^([^[\]:]+)((?:\[[^[\]]+\]){0,3})(\[\])?(?::(int|num|bool|opt|refs))?$/;
const KEY = /[^[\]]+/g;

const MAY_BE_EMPTY = ["int", "num", "opt"];

const READ = {
  // What is no number stays as it was written, and the server says what is wrong with it.
  int: (text) => (/^-?\d{1,15}$/.test(text.trim()) ? Number(text) : text),
  num: (text) => {
    const plain = text.trim().replace(",", ".");
    return /^-?\d{1,15}(\.\d{1,6})?$/.test(plain) ? Number(plain) : text;
  },
  refs: (text) => text.split(/[\s,;]+/).filter(Boolean),
  opt: (text) => text,
  bool: (text) => ["true", "on"].includes(text),
};

/** The data in `entries`, pairs of a name and a text; left out are empty numbers and names of another build. */
export function decoded(entries) {
  const data = Object.create(null); // a field may be called __proto__
  for (const [name, written] of entries) {
    const [, first, keys, list, type] = NAME.exec(name) ?? [];
    const text = written.replaceAll("\r\n", "\n"); // as plain forms send it
    if (!first || (MAY_BE_EMPTY.includes(type) && !text.trim())) continue;
    const path = [first, ...(keys.match(KEY) ?? [])];
    put(data, path, type ? READ[type](text) : text, list !== undefined);
  }
  return data;
}

// Where two fields make different things of one name, the first says what it is.
function put(data, path, value, listed) {
  const last = path.pop();
  let there = data;
  for (const key of path) {
    there = there[key] ??= Object.create(null);
    if (!isMap(there)) return;
  }
  if (!listed) {
    if (typeof there[last] !== "object") there[last] = value;
  } else if (Array.isArray((there[last] ??= []))) {
    there[last].push(value);
  }
}

const isMap = (value) => typeof value === "object" && !Array.isArray(value);
