// What the fields of a form say, as the data of a command.
//
//   text             "…"            reason:opt       "…", left out where it is empty
//   value:int        whole number   number:num       any number, with a comma or a point
//   choices[]        a list         counts[team]:int a map
//   anonymous:bool   true or false  sources:refs     a list of references in one line
//
// The server reads plain forms by the same rules; tests/fields.json holds both to them.

const NAME = /^([^[\]:]+)(?:\[([^\]]*)\])?(?::(int|num|bool|opt|refs))?$/;

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
    const [, key, inner, type] = NAME.exec(name) ?? [];
    const text = written.replaceAll("\r\n", "\n"); // as plain forms send it
    if (!key || (MAY_BE_EMPTY.includes(type) && !text.trim())) continue;
    const value = type ? READ[type](text) : text;
    if (inner === undefined) data[key] = value;
    else if (inner === "") (data[key] ??= []).push(value);
    else (data[key] ??= Object.create(null))[inner] = value;
  }
  return data;
}
