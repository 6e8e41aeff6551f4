/** The element with an id. */
export const byId = (id) => document.getElementById(id);

/** A new element. What it shows is text, never markup. */
export function element(tag, className, text) {
  const made = document.createElement(tag);
  if (className) {
    made.className = className;
  }
  if (text !== undefined) {
    made.textContent = text;
  }
  return made;
}

/**
 * Says how something went, aloud as well: the element is a live region.
 * @param kind "good", "bad" or "busy"
 */
export function say(region, kind, text) {
  region.dataset.kind = kind;
  region.textContent = text;
}

const NUMBERS = new Intl.NumberFormat("en");

export const number = (value) => NUMBERS.format(value);

export const plural = (count, one, many = `${one}s`) => `${number(count)} ${count === 1 ? one : many}`;

const MOMENTS = new Intl.DateTimeFormat("en", { dateStyle: "full", timeStyle: "short" });

/** When an event takes place, in the time of who looks. */
export function when(event) {
  const start = new Date(event.startsAt);
  return event.endsAt ? MOMENTS.formatRange(start, new Date(event.endsAt)) : MOMENTS.format(start);
}
