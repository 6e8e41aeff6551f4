import { phaseOf } from "./dates.js";

/** The state of the sale of an event: before, open or closed; or over when the event is. */
export function saleStateOf(event, now) {
  const { salesOpenAt, salesCloseAt } = event;
  if (phaseOf(event, now) === "over") {
    return "over";
  }
  if (salesCloseAt && now >= Date.parse(salesCloseAt)) {
    return "closed";
  }
  return salesOpenAt && now < Date.parse(salesOpenAt) ? "before" : "open";
}

/** The next instant at which the state of the sale, or the phase of one of the events, changes; undefined if none does. */
export function nextSaleChange(events, now) {
  return events.flatMap(({ salesOpenAt, salesCloseAt, startsAt, endsAt }) => [salesOpenAt, salesCloseAt, startsAt, endsAt])
    .filter((instant) => instant && Date.parse(instant) > now)
    .sort((one, other) => Date.parse(one) - Date.parse(other))[0];
}
