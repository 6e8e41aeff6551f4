import { Answers, outcomeOf } from "./answers.js";
import { book, cancelEvent, createEvent, listUsers, readEvent, statusOf } from "./api.js";
import { byId, element, number, onSubmit, plural, say } from "./dom.js";
import { live } from "./live.js";
import { Seats } from "./seats.js";
import { offerToken } from "./token.js";
import { judge } from "./verdict.js";
import { inWords } from "./words.js";

/** Milliseconds that the race waits for its stream, so that the bar is seen to move. */
const START = 1500;

const HOUR = 3600000;

/** The event of the race under way, if it is to be removed: also when the page is closed meanwhile. */
let temporary;

/** The unit stays with its number. */
const milliseconds = (time) => `${number(time)}\u00a0ms`;

function settings() {
  const [requests, capacity, users] = ["race-requests", "race-capacity", "race-users"].map((id) => {
    const input = byId(id);
    input.setAttribute("aria-invalid", String(input.value === "" || !input.checkValidity()));
    return input.value !== "" && input.checkValidity() ? input.valueAsNumber : undefined;
  });
  return requests && capacity && users ? { requests, capacity, users: Math.min(users, requests) } : undefined;
}

/** Resolves to the stream to go on with, or to nothing once the event was deleted. */
async function refresh(event, seats) {
  try {
    seats.show(await readEvent(event.id));
    return statusOf(event.id);
  } catch (refusal) {
    if (refusal.status === 404) {
      return undefined;
    }
    throw refusal;
  }
}

/** Resolves once the stream of the event has sent its first state, or after START. */
function watch(event, seats) {
  return new Promise((ready) => {
    setTimeout(ready, START);
    if (byId("view-race").hidden) {
      return;
    }
    live.watch({
      url: statusOf(event.id),
      onStatus: (status) => {
        seats.show(status);
        setTimeout(ready, START / 3);
      },
      onClosed: () => live.stop(),
      forget: () => seats.forget(),
      refresh: () => refresh(event, seats),
    });
  });
}

async function attempt(event, user) {
  try {
    await book(event.id, user);
    return { user, outcome: "booked" };
  } catch ({ status, problem }) {
    return { user, outcome: outcomeOf(problem), status, problem };
  }
}

/** Sends all bookings at once and shows each answer when it comes. Resolves to the milliseconds until the last. */
async function fire(event, { requests, users }, answers) {
  const start = performance.now();
  await Promise.all(Array.from({ length: requests }, async (_, index) => {
    answers.add(await attempt(event, `racer-${(index % users) + 1}`));
  }));
  return Math.round(performance.now() - start);
}

function showVerdict({ pass, checks }, answers) {
  const verdict = byId("verdict");
  verdict.dataset.verdict = pass ? "pass" : "fail";
  byId("verdict-title").textContent = pass ? "PASS: no seat was sold twice" : "FAIL: what is stored is not right";
  byId("checks").replaceChildren(...checks.map(({ holds, text }) => {
    const item = element("li", holds ? "holds" : "fails");
    item.append(element("strong", "", holds ? "OK" : "Wrong"), " ", element("span", "", text));
    return item;
  }));
  const winners = answers.having("booked").map(({ user }) => element("li", "", user));
  byId("winners").replaceChildren(...(winners.length ? winners : [element("li", "", "No user")]));
  verdict.hidden = false;
}

/** Removes the event of the race, unless it is to stay. */
async function cleanUp(event) {
  byId("race-event").href = `#/events/${event.id}`;
  if (temporary !== event.id) {
    byId("race-link").hidden = false;
    return;
  }
  try {
    await cancelEvent(event.id);
    byId("race-removed").textContent = "The event of this race was deleted, with its registrations.";
  } catch ({ problem }) {
    byId("race-link").hidden = false;
    byId("race-removed").textContent = `The event of this race was not deleted. ${inWords(problem)}`;
  } finally {
    temporary = undefined;
  }
}

function reset() {
  byId("verdict").hidden = true;
  byId("race-link").hidden = true;
  byId("race-time").textContent = "";
  byId("race-removed").textContent = "";
}

async function run(race) {
  const outcome = byId("race-outcome");
  const answers = new Answers(race.requests);
  say(outcome, "busy", "Creating the event…");
  const event = await createEvent({
    title: `Race of ${plural(race.requests, "booking")} for ${plural(race.capacity, "seat")}`,
    startsAt: new Date(Date.now() + HOUR).toISOString(),
    capacity: race.capacity,
  });
  temporary = byId("race-keep").checked ? undefined : event.id;
  try {
    await judgeRace(event, race, answers);
  } finally {
    await cleanUp(event);
  }
}

async function judgeRace(event, race, answers) {
  const outcome = byId("race-outcome");
  const seats = new Seats(byId("race-seats"), event.title);
  seats.show(event);
  byId("race-track").hidden = false;
  say(outcome, "busy", "Ready…");
  await watch(event, seats);
  say(outcome, "busy", `${plural(race.requests, "booking")} under way…`);
  const time = await fire(event, race, answers);
  byId("race-time").textContent = `${plural(answers.all.length, "answer")} in ${milliseconds(time)}`;
  const [stored, users] = await Promise.all([readEvent(event.id), listUsers(event.id)]);
  seats.show(stored);
  const judged = judge({ ...race, answers: answers.all, sold: stored.ticketsSold, stored: users });
  showVerdict(judged, answers);
  say(outcome, judged.pass ? "good" : "bad",
    `${judged.pass ? "PASS" : "FAIL"}: ${plural(stored.ticketsSold, "ticket")} stored for ${plural(race.capacity, "seat")}, after ${
      plural(answers.all.length, "answer")} in ${milliseconds(time)}.`);
}

async function start() {
  const race = settings();
  if (!race) {
    say(byId("race-outcome"), "bad", "Enter whole numbers from 1 to 500.");
    return;
  }
  reset();
  try {
    await run(race);
  } catch ({ status, problem }) {
    say(byId("race-outcome"), "bad", `The race cannot be judged. ${inWords(problem)}`);
    if (status === 401) {
      offerToken();
    }
  }
}

export const raceView = {
  show() {},
  hide() {},
  setUp() {
    onSubmit(byId("race"), start);
    addEventListener("pagehide", () => {
      if (temporary) {
        cancelEvent(temporary, true).catch(() => {});
      }
    });
  },
};
