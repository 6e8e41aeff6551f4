import { byId, element, number } from "./dom.js";
import { inWords } from "./words.js";

/** The outcomes of a booking, each with a sign and a shape as well as a colour. */
const OUTCOMES = {
  "booked": { sign: "✓", text: "booked" },
  "sold-out": { sign: "×", text: "sold out" },
  "already-registered": { sign: "=", text: "had a ticket already" },
  "unclear": { sign: "?", text: "no clear answer" },
};

export const outcomeOf = (problem) => (problem.code in OUTCOMES ? problem.code : "unclear");

function mark(outcome) {
  const made = element("span", `dot ${outcome}`, OUTCOMES[outcome]?.sign);
  made.setAttribute("aria-hidden", "true");
  return made;
}

/** The place of an answer that has not come yet. */
function blank() {
  const item = element("li");
  item.append(mark("blank"));
  item.setAttribute("aria-hidden", "true");
  return item;
}

function dot({ user, outcome, problem }) {
  const item = element("li");
  const said = `${user}: ${outcome === "unclear" ? inWords(problem) : OUTCOMES[outcome].text}`;
  item.title = said;
  item.append(mark(outcome), element("span", "unseen", said));
  return item;
}

function count(outcome, amount) {
  const item = element("li");
  item.append(mark(outcome), element("strong", "", number(amount)), ` ${OUTCOMES[outcome].text}`);
  return item;
}

/** The answers of a race: a dot for each, in order of arrival, and a count of each outcome. */
export class Answers {
  #blanks;

  constructor(expected) {
    this.all = [];
    this.#blanks = Array.from({ length: expected }, blank);
    byId("dots").replaceChildren(...this.#blanks);
    this.#count();
  }

  /** @param answer user, outcome, and the problem of a refusal */
  add(answer) {
    this.#blanks[this.all.length].replaceWith(dot(answer));
    this.all.push(answer);
    this.#count();
  }

  having(outcome) {
    return this.all.filter((answer) => answer.outcome === outcome);
  }

  #count() {
    byId("tally").replaceChildren(...Object.keys(OUTCOMES)
      .map((outcome) => [outcome, this.having(outcome).length])
      .filter(([outcome, amount]) => amount || outcome !== "unclear")
      .map(([outcome, amount]) => count(outcome, amount)));
  }
}
