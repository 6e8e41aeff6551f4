import { byId, showMessage } from "./dom.js";

/** Kept in memory only: not in a storage of the browser, not in the address, not in the field. */
let token = "";

const listeners = [];

/** @param listener called when there is another token */
export function onToken(listener) {
  listeners.push(listener);
}

/** The header of requests with a token. Streams have no header, because the status of events is public. */
export const authorization = () => (token ? { Authorization: `Bearer ${token}` } : {});

function setToken(value, message) {
  token = value;
  byId("token-input").value = "";
  byId("token-forget").disabled = !value;
  showMessage(byId("token-outcome"), "good", message);
  listeners.forEach((listener) => listener());
}

export function setUpToken() {
  byId("token-form").addEventListener("submit", (submission) => {
    submission.preventDefault();
    const value = byId("token-input").value.trim();
    if (/^[\w~+/.-]+=*$/.test(value)) {
      setToken(value, "The token is sent with every request from now on.");
    } else {
      showMessage(byId("token-outcome"), "bad", "This is not an access token: it has other characters.");
    }
  });
  byId("token-forget").addEventListener("click", () => setToken("", "The token is no longer sent."));
}

/** Opens the part of the page with the field for a token. */
export function openTokenForm() {
  byId("token").open = true;
}
