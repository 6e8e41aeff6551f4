export const byId = (id) => document.getElementById(id);

/** Creates an element. Its content is text, never markup. */
export function element(tag, className, text) {
  const created = document.createElement(tag);
  if (className) {
    created.className = className;
  }
  if (text !== undefined) {
    created.textContent = text;
  }
  return created;
}

/**
 * Shows a message in a live region, which a screen reader reads. Without text it empties the region.
 * @param kind "good", "bad" or "busy"
 */
export function showMessage(region, kind, ...text) {
  region.dataset.kind = kind;
  region.replaceChildren(...text);
}

const NUMBERS = new Intl.NumberFormat("en");

export const formatNumber = (value) => NUMBERS.format(value);

export const plural = (count, one, many = `${one}s`) => `${formatNumber(count)} ${count === 1 ? one : many}`;

/**
 * Runs the action of a button, and ignores other calls until it ends. The button is not disabled, because a disabled button
 * loses the keyboard focus.
 */
async function runOnce(button, action) {
  if (button.hasAttribute("aria-disabled")) {
    return;
  }
  button.setAttribute("aria-disabled", "true");
  try {
    await action();
  } finally {
    button.removeAttribute("aria-disabled");
  }
}

/** Runs one submission of a form at a time. */
export function onSubmit(form, action) {
  const button = form.querySelector("[type=submit]");
  form.addEventListener("submit", (submission) => {
    submission.preventDefault();
    runOnce(button, action);
  });
}

/** Runs the action of a button, once at a time. */
export const onClick = (button, action) => button.addEventListener("click", () => runOnce(button, action));
