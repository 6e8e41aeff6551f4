import { number, plural } from "./dom.js";

/**
 * Judges a race by what is stored, and compares the answers with it.
 * @param race capacity, users: how many different users sent bookings, answers: {user, outcome} of each
 * booking, sold: the stored number of tickets, stored: the users with a stored registration
 * @return whether it passed, and each thing that was checked
 */
export function judge({ capacity, users, answers, sold, stored }) {
  const having = (outcome) => answers.filter((answer) => answer.outcome === outcome);
  const expected = Math.min(capacity, users);
  const unclear = having("unclear").length;
  const holders = new Set(stored);
  const winners = new Set(having("booked").map(({ user }) => user));
  const missing = [...winners].filter((user) => !holders.has(user)).length;
  const unexpected = [...holders].filter((user) => !winners.has(user)).length;
  const checks = [
    {
      holds: unclear ? sold <= expected : sold === expected,
      text: `${plural(sold, "ticket")} stored as sold; expected ${unclear ? "at most " : ""}${number(expected)}.`,
    },
    {
      holds: stored.length === sold && holders.size === stored.length,
      text: `${plural(stored.length, "registration")} stored, of ${plural(holders.size, "user")}: ${
        holders.size === stored.length ? "no user twice" : "a user twice"}.`,
    },
    {
      holds: having("booked").length === winners.size && missing === 0 && unexpected <= unclear,
      text: `${plural(having("booked").length, "booking")} confirmed, ${number(missing)} of them not stored.`,
    },
    {
      holds: having("sold-out").length === 0 || sold === capacity,
      text: having("sold-out").length === 0 ? "No booking was refused as sold out."
        : `${plural(having("sold-out").length, "booking")} refused as sold out, with ${plural(capacity - sold, "seat")} free.`,
    },
  ];
  return { pass: checks.every(({ holds }) => holds), checks };
}
