/**
 * What a view keeps with its entry in the history of the browser: it is there again after Back, and after a reload.
 * Nothing else of the browser stores it.
 */
export const place = {
  get: (name) => history.state?.[name],
  set: (name, value) => history.replaceState({ ...history.state, [name]: value }, ""),
};

/** Milliseconds between two writes of the scroll position. Browsers limit them to about 3 a second. */
const PAUSE = 400;

let timer;

/** The browser would scroll before the list is there. */
export function keepScroll() {
  history.scrollRestoration = "manual";
  const keep = () => {
    clearTimeout(timer);
    timer = undefined;
    place.set("scroll", Math.round(scrollY));
  };
  addEventListener("scroll", () => {
    timer ??= setTimeout(keep, PAUSE);
  }, { passive: true });
  // Before a link of the page opens another entry, and before a reload.
  document.addEventListener("click", (click) => {
    if (click.target.closest("a[href]")) {
      keep();
    }
  }, { capture: true });
  addEventListener("pagehide", keep);
}

/** The entry of the history is another one now: what was still to be written was of the one before. */
export function scrollTarget() {
  clearTimeout(timer);
  timer = undefined;
  return place.get("scroll") ?? 0;
}
