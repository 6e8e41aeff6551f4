import { byId } from "./dom.js";

/**
 * Asks for confirmation of a change that cannot be undone. The focus is on the button that changes nothing.
 * @return a promise of whether the change was confirmed; Escape and Back refuse it
 */
export function askToConfirm(question, consequence, confirmLabel) {
  const dialog = byId("confirm");
  byId("confirm-title").textContent = question;
  byId("confirm-text").textContent = consequence;
  byId("confirm-yes").textContent = confirmLabel;
  return new Promise((resolve) => {
    const listeners = new AbortController();
    const answer = (value) => () => {
      listeners.abort();
      dialog.close();
      resolve(value);
    };
    const { signal } = listeners;
    byId("confirm-yes").addEventListener("click", answer(true), { signal });
    byId("confirm-no").addEventListener("click", answer(false), { signal });
    dialog.addEventListener("close", answer(false), { signal });
    addEventListener("hashchange", answer(false), { signal });
    dialog.showModal();
    byId("confirm-no").focus();
  });
}
