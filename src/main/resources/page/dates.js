import { element } from "./dom.js";

/** Dates and times are in the language of the browser and in its time zone, with the name of the zone. */
const DATE_TIME = new Intl.DateTimeFormat(navigator.languages, { weekday: "short", day: "numeric", month: "short", year: "numeric",
  hour: "numeric", minute: "2-digit", timeZoneName: "short" });

const WITH_SECONDS = new Intl.DateTimeFormat(navigator.languages, { weekday: "short", day: "numeric", month: "short",
  year: "numeric", hour: "numeric", minute: "2-digit", second: "2-digit", timeZoneName: "short" });

const DATE = new Intl.DateTimeFormat(navigator.languages, { day: "numeric", month: "long", year: "numeric" });

const { locale, timeZone } = DATE_TIME.resolvedOptions();

/** The time zone of every time on the page, for example Europe/Berlin. */
export const zone = timeZone;

const PHASES = { before: "", begun: "begun", running: "under way", over: "over" };

/** The phase of an event: before, running, over; or begun when the event has no end. */
export function phaseOf({ startsAt, endsAt }, now = Date.now()) {
  if (now < Date.parse(startsAt)) {
    return "before";
  }
  if (!endsAt) {
    return "begun";
  }
  return now < Date.parse(endsAt) ? "running" : "over";
}

function range({ startsAt, endsAt }) {
  const start = new Date(startsAt);
  const text = endsAt ? DATE_TIME.formatRange(start, new Date(endsAt)) : DATE_TIME.format(start);
  // A line break may come between the two times, not within one.
  return text.replaceAll(" ", "\u00a0").replace(/\s*–\s*/, "\u00a0– ");
}

/** An element with a text in the language of the dates, which may differ from that of the page. */
function dateElement(tag, text) {
  const created = element(tag, "", text);
  created.lang = locale;
  created.dir = "auto";
  return created;
}

/** Shows the dates of an event, and whether it is under way or over. */
export function showDates(host, event) {
  const time = dateElement("time", range(event));
  time.dateTime = event.startsAt;
  const phase = phaseOf(event);
  host.replaceChildren(time, ...(PHASES[phase] ? [" ", element("span", `phase ${phase}`, PHASES[phase])] : []));
}

/** An instant, exact to the second. */
export function timeElement(instant) {
  const time = dateElement("time", WITH_SECONDS.format(new Date(instant)));
  time.dateTime = instant;
  return time;
}

export const dayElement = (instant) => dateElement("span", DATE.format(new Date(instant)));

/** The instant of a value of a datetime-local field; null when the field has none. */
export function toInstant(value) {
  const time = new Date(value);
  return Number.isNaN(time.getTime()) ? null : time.toISOString();
}

/** The value of a datetime-local field for an instant. Omits seconds and milliseconds that are 0. */
export function toLocalInput(instant) {
  if (!instant) {
    return "";
  }
  const time = new Date(instant);
  const local = new Date(time.getTime() - time.getTimezoneOffset() * 60000).toISOString();
  return local.slice(0, -1).replace(/:00\.000$/, "").replace(/\.000$/, "");
}

/** The instant of midnight in the time zone of the page, for the value of a date field, or for today. */
export function midnight(date) {
  const time = date ? new Date(`${date}T00:00`) : new Date(new Date().setHours(0, 0, 0, 0));
  return Number.isNaN(time.getTime()) ? "" : time.toISOString();
}
