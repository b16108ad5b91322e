// Putting a list in order with mouse or finger, or moving from list to list: its own bundle, fetched only where such
// lists are (forms/ranking.js, forming.js).

import Sortable from "sortablejs";

/**
 * Let what matches `draggable` in `list` be dragged.
 * `moved()` whenever it comes to stand elsewhere, `dropped(item)` once it is let go at another place than it had.
 * With `between`, a name, it goes to other lists of that name instead, which have no order: `dropped(item, list)`.
 */
export function startDragging(list, draggable, { moved, dropped, between }) {
  if (Sortable.get(list)) return;
  Sortable.create(list, {
    draggable,
    group: between,
    sort: !between,
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
    onAdd: ({ item, to }) => dropped(item, to),
  });
}
