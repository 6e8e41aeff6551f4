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
 * Says how something went. The element is a live region: a screen reader reads it.
 * @param kind "good", "bad" or "busy"
 */
export function say(region, kind, ...text) {
  region.dataset.kind = kind;
  region.replaceChildren(...text);
}

const NUMBERS = new Intl.NumberFormat("en");

export const number = (value) => NUMBERS.format(value);

export const plural = (count, one, many = `${one}s`) => `${number(count)} ${count === 1 ? one : many}`;

/**
 * Runs one submission of a form at a time; others are ignored meanwhile. The button is not disabled: it would lose the
 * focus of the keyboard.
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
