import { book, cancelEvent, createEvent, listUsers, readEvent, statusOf } from "./api.js";
import { byId, element, formatNumber, onSubmit, plural, showMessage } from "./dom.js";
import { live } from "./live-stream.js";
import { problemText } from "./problem-text.js";
import { RaceAnswers, outcomeOf } from "./race-answers.js";
import { judge } from "./race-verdict.js";
import { SeatBar } from "./seat-bar.js";
import { openTokenForm } from "./token.js";

/** Maximum time in milliseconds that the race waits for its stream. With the stream the bar moves during the race. */
const STREAM_WAIT = 1500;

const HOUR = 3600000;

/** Id of the event that the race deletes at its end, or when the page closes. */
let eventToDelete;

/** No line break between the number and its unit. */
const milliseconds = (time) => `${formatNumber(time)}\u00a0ms`;

function readSettings() {
  const [requests, capacity, users] = ["race-requests", "race-capacity", "race-users"].map((id) => {
    const input = byId(id);
    input.setAttribute("aria-invalid", String(input.value === "" || !input.checkValidity()));
    return input.value !== "" && input.checkValidity() ? input.valueAsNumber : undefined;
  });
  return requests && capacity && users ? { requests, capacity, users: Math.min(users, requests) } : undefined;
}

/** Resolves to the url of the stream, or to undefined when the event was deleted. */
async function refresh(event, seatBar) {
  try {
    seatBar.show(await readEvent(event.id));
    return statusOf(event.id);
  } catch (error) {
    if (error.status === 404) {
      return undefined;
    }
    throw error;
  }
}

/** Resolves once the stream of the event has sent its first state, or after STREAM_WAIT. */
function subscribe(event, seatBar) {
  return new Promise((ready) => {
    setTimeout(ready, STREAM_WAIT);
    if (byId("view-race").hidden) {
      return;
    }
    live.subscribe({
      url: statusOf(event.id),
      onStatus: (status) => {
        seatBar.show(status);
        setTimeout(ready, STREAM_WAIT / 3);
      },
      onClosed: () => live.stop(),
      reset: () => seatBar.reset(),
      refresh: () => refresh(event, seatBar),
    });
  });
}

async function tryToBook(event, user) {
  try {
    await book(event.id, user);
    return { user, outcome: "booked" };
  } catch ({ status, problem }) {
    return { user, outcome: outcomeOf(problem), status, problem };
  }
}

/** Sends all bookings at once and shows each answer on arrival. Resolves to the milliseconds until the last answer. */
async function sendBookings(event, { requests, users }, answers) {
  const start = performance.now();
  await Promise.all(Array.from({ length: requests }, async (_, index) => {
    answers.add(await tryToBook(event, `racer-${(index % users) + 1}`));
  }));
  return Math.round(performance.now() - start);
}

function showVerdict({ pass, checks }, answers) {
  const verdict = byId("verdict");
  verdict.dataset.verdict = pass ? "pass" : "fail";
  byId("verdict-title").textContent = pass ? "PASS: no seat was sold twice" : "FAIL: the stored state is wrong";
  byId("checks").replaceChildren(...checks.map(({ holds, text }) => {
    const item = element("li", holds ? "holds" : "fails");
    item.append(element("strong", "", holds ? "OK" : "Wrong"), " ", element("span", "", text));
    return item;
  }));
  const winners = answers.withOutcome("booked").map(({ user }) => element("li", "", user));
  byId("winners").replaceChildren(...(winners.length ? winners : [element("li", "", "No user")]));
  verdict.hidden = false;
}

/** Deletes the event of the race, unless it is to be kept. */
async function cleanUp(event) {
  byId("race-event").href = `#/events/${event.id}`;
  if (eventToDelete !== event.id) {
    byId("race-link").hidden = false;
    return;
  }
  try {
    await cancelEvent(event.id);
    byId("race-removed").textContent = "The event of this race was deleted, with its registrations.";
  } catch ({ problem }) {
    byId("race-link").hidden = false;
    byId("race-removed").textContent = `The event of this race was not deleted. ${problemText(problem)}`;
  } finally {
    eventToDelete = undefined;
  }
}

function clearResult() {
  byId("verdict").hidden = true;
  byId("race-link").hidden = true;
  byId("race-time").textContent = "";
  byId("race-removed").textContent = "";
}

async function runRace(race) {
  const outcome = byId("race-outcome");
  const answers = new RaceAnswers(race.requests);
  showMessage(outcome, "busy", "Creating the event…");
  const event = await createEvent({
    title: `Race of ${plural(race.requests, "booking")} for ${plural(race.capacity, "seat")}`,
    startsAt: new Date(Date.now() + HOUR).toISOString(),
    capacity: race.capacity,
  });
  eventToDelete = byId("race-keep").checked ? undefined : event.id;
  try {
    await sendAndJudge(event, race, answers);
  } finally {
    await cleanUp(event);
  }
}

/** Sends the bookings, reads the stored state afterwards, and shows the verdict. */
async function sendAndJudge(event, race, answers) {
  const outcome = byId("race-outcome");
  const seatBar = new SeatBar(byId("race-seats"), event.title);
  seatBar.show(event);
  byId("race-track").hidden = false;
  showMessage(outcome, "busy", "Ready…");
  await subscribe(event, seatBar);
  showMessage(outcome, "busy", `${plural(race.requests, "booking")} under way…`);
  const time = await sendBookings(event, race, answers);
  byId("race-time").textContent = `${plural(answers.all.length, "answer")} in ${milliseconds(time)}`;
  const [stored, users] = await Promise.all([readEvent(event.id), listUsers(event.id)]);
  seatBar.show(stored);
  const verdict = judge({ ...race, answers: answers.all, sold: stored.ticketsSold, stored: users });
  showVerdict(verdict, answers);
  showMessage(outcome, verdict.pass ? "good" : "bad",
    `${verdict.pass ? "PASS" : "FAIL"}: ${plural(stored.ticketsSold, "ticket")} stored for ${plural(race.capacity, "seat")}, after ${
      plural(answers.all.length, "answer")} in ${milliseconds(time)}.`);
}

async function start() {
  const race = readSettings();
  if (!race) {
    showMessage(byId("race-outcome"), "bad", "Enter whole numbers from 1 to 500.");
    return;
  }
  clearResult();
  try {
    await runRace(race);
  } catch ({ status, problem }) {
    showMessage(byId("race-outcome"), "bad", `The race cannot be judged. ${problemText(problem)}`);
    if (status === 401) {
      openTokenForm();
    }
  }
}

export const raceView = {
  show() {},
  hide() {},
  setUp() {
    onSubmit(byId("race"), start);
    addEventListener("pagehide", () => {
      if (eventToDelete) {
        cancelEvent(eventToDelete, true).catch(() => {});
      }
    });
  },
};
