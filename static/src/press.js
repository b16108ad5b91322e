// Which presses are one: the clicks of a double click, and a key that is held down.
//
// The browser numbers the clicks that follow each other in one place, however slowly the person has set that. Fingers
// it often does not number: of them half a second with the same words tells. Two strokes of a key are two.

const DOUBLE = 500; // ms

let click = 0; // its number in a series; 0: a key pressed the button
let began = 0; // when the series did
let held = false;
let finger = false;
let last = { said: "", at: -Infinity };

addEventListener("click", ({ detail, timeStamp }) => {
  click = detail;
  if (detail < 2) began = timeStamp;
}, true);
addEventListener("keydown", ({ repeat }) => (held = repeat), true);
addEventListener("pointerdown", ({ pointerType }) => {
  held = false;
  finger = pointerType === "touch";
}, true);

/** Whether the submit of now, which says `said`, was pressed already. To be asked once for each. */
export function pressedAlready(said, now = performance.now()) {
  if (held || (click > 1 && last.at >= began)) return true;
  if (finger && click === 1 && said === last.said && now - last.at < DOUBLE) return true;
  last = { said, at: now };
  return false;
}
