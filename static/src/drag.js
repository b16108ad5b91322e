// Putting a list in order with mouse or finger: its own bundle, fetched only where such a list is (forms/ranking.js).

import Sortable from "sortablejs";

/**
 * Let what matches `draggable` in `list` be dragged.
 * `moved()` whenever it comes to stand elsewhere, `dropped(item)` once it is let go at another place than it had.
 */
export function startDragging(list, draggable, { moved, dropped }) {
  if (Sortable.get(list)) return;
  Sortable.create(list, {
    draggable,
    filter: "button",
    preventOnFilter: false, // a button is pressed
    forceFallback: true, // one way for mouse, pen and finger
    fallbackOnBody: true, // what hangs at the pointer is no item of the list
    fallbackTolerance: 5, // px: less is a click
    delay: 200,
    delayOnTouchOnly: true, // a finger may scroll
    touchStartThreshold: 5, // px: no finger rests quite still
    onChange: moved,
    onUpdate: ({ item }) => dropped(item),
  });
}
