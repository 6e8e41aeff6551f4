import { byId } from "./dom.js";

/** Printable ASCII without the space. */
const PATTERN = /^[\x21-\x7e]{1,255}$/;

/** Clients resolve these away in a path. */
const DOT_SEGMENTS = [".", ".."];

/** The user id that was entered last, in any view. Kept in memory only. */
let last = "";

export const USER_ID_RULE = "1 to 255 characters: letters without accents, digits and signs; no spaces; not . or .. alone.";

export const isUserId = (text) => PATTERN.test(text) && !DOT_SEGMENTS.includes(text);

/**
 * Reads a user id from a field. Marks the field when its value is not a user id.
 * @return the user id, or undefined
 */
export function readUserId(field) {
  const user = byId(field).value.trim();
  const valid = isUserId(user);
  byId(field).setAttribute("aria-invalid", String(!valid));
  if (!valid) {
    byId(field).focus();
    return undefined;
  }
  last = user;
  return user;
}

export const userIdError = (field) => (byId(field).value.trim() ? `This is not a user id: ${USER_ID_RULE}` : "Enter a user id.");

/** Fills an empty field with the user id that was entered last. */
export function prefillUserId(field) {
  byId(field).value ||= last;
  byId(field).removeAttribute("aria-invalid");
}
