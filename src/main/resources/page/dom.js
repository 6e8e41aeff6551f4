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

const MOMENTS = new Intl.DateTimeFormat("en", { weekday: "short", day: "numeric", month: "short", year: "numeric",
  hour: "numeric", minute: "2-digit" });

/** When an event takes place, in the time of who looks, and whether that is over. */
export function when({ startsAt, endsAt }) {
  const start = new Date(startsAt);
  const end = endsAt ? new Date(endsAt) : start;
  // A line breaks between the two moments, not within one: between them is another space than this.
  const time = (endsAt ? MOMENTS.formatRange(start, end) : MOMENTS.format(start)).replaceAll(" ", "\u00a0");
  if (end < Date.now()) {
    return `${time} · ${endsAt ? "over" : "begun"}`;
  }
  return start < Date.now() ? `${time} · under way` : time;
}

/**
 * Does what a form is for, one time after the other: what is asked for meanwhile is not done. The button
 * stays where the keyboard is, which a disabled one would not.
 */
export function onSubmit(form, does) {
  const button = form.querySelector("[type=submit]");
  form.addEventListener("submit", async (submission) => {
    submission.preventDefault();
    if (button.hasAttribute("aria-disabled")) {
      return;
    }
    button.setAttribute("aria-disabled", "true");
    try {
      await does();
    } finally {
      button.removeAttribute("aria-disabled");
    }
  });
}
