import { formatNumber, plural } from "./dom.js";

/**
 * Judges a race by the stored state, and compares the answers with it.
 * @param race capacity; users: number of different users; answers: {user, outcome} of each booking; sold: the stored number
 * of tickets; stored: the users of the stored registrations
 * @return whether the race passed, and each check
 */
export function judge({ capacity, users, answers, sold, stored }) {
  const withOutcome = (outcome) => answers.filter((answer) => answer.outcome === outcome);
  const expected = Math.min(capacity, users);
  const unclear = withOutcome("unclear").length;
  const storedUsers = new Set(stored);
  const winners = new Set(withOutcome("booked").map(({ user }) => user));
  const missing = [...winners].filter((user) => !storedUsers.has(user)).length;
  const unexpected = [...storedUsers].filter((user) => !winners.has(user)).length;
  const checks = [
    {
      holds: unclear ? sold <= expected : sold === expected,
      text: `${plural(sold, "ticket")} stored as sold; expected ${unclear ? "at most " : ""}${formatNumber(expected)}.`,
    },
    {
      holds: stored.length === sold && storedUsers.size === stored.length,
      text: `${plural(stored.length, "registration")} stored, of ${plural(storedUsers.size, "user")}: ${
        storedUsers.size === stored.length ? "no user twice" : "a user twice"}.`,
    },
    {
      holds: withOutcome("booked").length === winners.size && missing === 0 && unexpected <= unclear,
      text: `${plural(withOutcome("booked").length, "booking")} confirmed, ${formatNumber(missing)} of them not stored.`,
    },
    {
      holds: withOutcome("sold-out").length === 0 || sold === capacity,
      text: withOutcome("sold-out").length === 0 ? "No booking was refused as sold out."
        : `${plural(withOutcome("sold-out").length, "booking")} refused as sold out, with ${plural(capacity - sold, "seat")} free.`,
    },
  ];
  return { pass: checks.every(({ holds }) => holds), checks };
}
