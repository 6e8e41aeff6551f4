import { byId } from "./dom.js";

/**
 * Asks before something that cannot be undone. The answer that changes nothing has the focus.
 * @return whether the answer is yes; Escape is a no
 */
export function confirmed(question, consequence, yes) {
  const dialog = byId("confirm");
  byId("confirm-title").textContent = question;
  byId("confirm-text").textContent = consequence;
  byId("confirm-yes").textContent = yes;
  return new Promise((answer) => {
    const answers = new AbortController();
    const end = (value) => () => {
      answers.abort();
      dialog.close();
      answer(value);
    };
    const { signal } = answers;
    byId("confirm-yes").addEventListener("click", end(true), { signal });
    byId("confirm-no").addEventListener("click", end(false), { signal });
    dialog.addEventListener("close", end(false), { signal });
    addEventListener("hashchange", end(false), { signal });
    dialog.showModal();
    byId("confirm-no").focus();
  });
}
