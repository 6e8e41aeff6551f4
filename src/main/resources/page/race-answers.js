import { byId, element, formatNumber } from "./dom.js";
import { problemText } from "./problem-text.js";

/** The outcomes of a booking. Each has a sign and a shape besides its colour. */
const OUTCOMES = {
  "booked": { sign: "✓", text: "booked" },
  "sold-out": { sign: "×", text: "sold out" },
  "already-registered": { sign: "=", text: "had a ticket already" },
  "unclear": { sign: "?", text: "no clear answer" },
};

export const outcomeOf = (problem) => (problem.code in OUTCOMES ? problem.code : "unclear");

function dot(outcome) {
  const created = element("span", `dot ${outcome}`, OUTCOMES[outcome]?.sign);
  created.setAttribute("aria-hidden", "true");
  return created;
}

/** Stands for an answer that has not arrived yet. */
function pendingItem() {
  const item = element("li");
  item.append(dot("blank"));
  item.setAttribute("aria-hidden", "true");
  return item;
}

function answerItem({ user, outcome, problem }) {
  const item = element("li");
  const text = `${user}: ${outcome === "unclear" ? problemText(problem) : OUTCOMES[outcome].text}`;
  item.title = text;
  item.append(dot(outcome), element("span", "visually-hidden", text));
  return item;
}

function countItem(outcome, count) {
  const item = element("li");
  item.append(dot(outcome), element("strong", "", formatNumber(count)), ` ${OUTCOMES[outcome].text}`);
  return item;
}

/** The answers of a race: one dot for each, in order of arrival, and the count of each outcome. */
export class RaceAnswers {
  #pending;

  constructor(expected) {
    this.all = [];
    this.#pending = Array.from({ length: expected }, pendingItem);
    byId("dots").replaceChildren(...this.#pending);
    this.#showCounts();
  }

  /** @param answer user and outcome; with the problem unless the outcome is booked */
  add(answer) {
    this.#pending[this.all.length].replaceWith(answerItem(answer));
    this.all.push(answer);
    this.#showCounts();
  }

  withOutcome(outcome) {
    return this.all.filter((answer) => answer.outcome === outcome);
  }

  #showCounts() {
    byId("tally").replaceChildren(...Object.keys(OUTCOMES)
      .map((outcome) => [outcome, this.withOutcome(outcome).length])
      .filter(([outcome, count]) => count || outcome !== "unclear")
      .map(([outcome, count]) => countItem(outcome, count)));
  }
}
