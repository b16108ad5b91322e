// A small value that this browser remembers; only until the page is left where it may store nothing.

export function local(key, otherwise) {
  let value = otherwise;
  try {
    value = JSON.parse(localStorage.getItem(key)) ?? otherwise;
  } catch {
    // refused, or written by somebody else
  }
  return {
    get value() {
      return value;
    },
    set value(changed) {
      value = changed;
      try {
        localStorage.setItem(key, JSON.stringify(changed));
      } catch {
        // refused
      }
    },
  };
}
