/** State of the views in the current entry of the browser history. It is available after Back and after a reload. */
export const viewState = {
  get: (name) => history.state?.[name],
  set: (name, value) => history.replaceState({ ...history.state, [name]: value }, ""),
};

/** Milliseconds between two writes of the scroll position. Browsers allow about 3 writes a second. */
const SAVE_DELAY = 400;

let timer;

/** Saves the scroll position in the history. The browser itself would restore it before the list is loaded. */
export function saveScroll() {
  history.scrollRestoration = "manual";
  const save = () => {
    clearTimeout(timer);
    timer = undefined;
    viewState.set("scroll", Math.round(scrollY));
  };
  addEventListener("scroll", () => {
    timer ??= setTimeout(save, SAVE_DELAY);
  }, { passive: true });
  // Saves before a link opens another entry of the history, and before a reload.
  document.addEventListener("click", (click) => {
    if (click.target.closest("a[href]")) {
      save();
    }
  }, { capture: true });
  addEventListener("pagehide", save);
}

/** The scroll position of the current entry. Drops a pending write, which belongs to the entry before. */
export function savedScroll() {
  clearTimeout(timer);
  timer = undefined;
  return viewState.get("scroll") ?? 0;
}
