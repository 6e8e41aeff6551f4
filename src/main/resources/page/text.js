/** Overrides, embeddings and isolates. A text of the service must not change the direction of the text around it. */
const DIRECTION_SIGNS = /[\u202a-\u202e\u2066-\u2069]/g;

/** A text of the service for display. Its element has dir="auto", so its direction comes from its letters. */
export const displayText = (text) => text.replace(DIRECTION_SIGNS, "");

/** The same, to be inserted into another text: isolated, so that a right-to-left title stays together. */
export const isolated = (text) => `\u2068${displayText(text)}\u2069`;

const MARKS = /\p{M}/gu;

/** A text for comparison: without case, accents and direction signs. */
export const searchText = (text) => displayText(text).normalize("NFKD").replace(MARKS, "").toLowerCase();
