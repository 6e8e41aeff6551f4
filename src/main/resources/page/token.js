import { byId, say } from "./dom.js";

/** Kept in memory only: in no storage, in no address, and not in the field. */
let token = "";

/** The header of requests. Streams have none: status is public. */
export const authorization = () => (token ? { Authorization: `Bearer ${token}` } : {});

function take(value, text) {
  token = value;
  byId("token-input").value = "";
  byId("token-forget").disabled = !value;
  say(byId("token-outcome"), "good", text);
}

export function setUpToken() {
  byId("token-form").addEventListener("submit", (submission) => {
    submission.preventDefault();
    const value = byId("token-input").value.trim();
    if (/^[\w~+/.-]+=*$/.test(value)) {
      take(value, "The token is sent with every request from now on.");
    } else {
      say(byId("token-outcome"), "bad", "This is not an access token: it has other characters.");
    }
  });
  byId("token-forget").addEventListener("click", () => take("", "The token is no longer sent."));
}

/** Opens the part of the page where a token can be entered. */
export function offerToken() {
  byId("token").open = true;
}
