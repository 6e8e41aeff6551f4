import { byId, say } from "./dom.js";

/** Nowhere but here: not in a storage, not in an address, not in the field once it was taken. */
let token = "";

/** What requests carry. Streams carry nothing: what they tell is public. */
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
      take(value, "The token goes along with every request from now on.");
    } else {
      say(byId("token-outcome"), "bad", "That is not the form of a token.");
    }
  });
  byId("token-forget").addEventListener("click", () => take("", "Forgotten."));
}

/** Shows where a token can be entered. */
export function offerToken() {
  byId("token").open = true;
}
