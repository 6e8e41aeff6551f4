/** Overrides, embeddings and isolates: a text of the service must not change the direction of what is around it. */
const DIRECTIONS = /[\u202a-\u202e\u2066-\u2069]/g;

/** A text of the service as the page shows it. Its direction comes from its letters (dir="auto"). */
export const shown = (text) => text.replace(DIRECTIONS, "");

/** The same within a text of the page that cannot have elements: isolated, so that a right-to-left title stays together. */
export const isolated = (text) => `\u2068${shown(text)}\u2069`;

const MARKS = /\p{M}/gu;

/** For comparison: without case, accents and signs of direction. */
export const folded = (text) => shown(text).normalize("NFKD").replace(MARKS, "").toLowerCase();
