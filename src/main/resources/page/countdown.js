import { serverNow } from "./clock.js";
import { plural } from "./dom.js";

const SECOND = 1000;
const MINUTE = 60;
const HOUR = 3600;
const DAY = 86400;

const twoDigits = (value) => String(value).padStart(2, "0");

/** A time left, rounded up to seconds: 0:09, 9:59, 1:09:59, 2 days 1:09:59. */
export function durationText(milliseconds) {
  const seconds = Math.ceil(milliseconds / SECOND);
  const hours = Math.floor((seconds % DAY) / HOUR);
  const minutes = Math.floor((seconds % HOUR) / MINUTE);
  const minutesAndSeconds = `${seconds < HOUR ? minutes : twoDigits(minutes)}:${twoDigits(seconds % MINUTE)}`;
  const days = seconds < DAY ? "" : `${plural(Math.floor(seconds / DAY), "day")} `;
  return seconds < HOUR ? minutesAndSeconds : `${days}${hours}:${minutesAndSeconds}`;
}

/** Counts down to an instant by the clock of the service. */
export class Countdown {
  #timer;

  /**
   * @param onTick receives the milliseconds left: now, and at each second
   * @param onEnd called at the instant; not called after stop
   */
  start(until, onTick, onEnd) {
    this.stop();
    const end = Date.parse(until);
    const tick = () => {
      const left = end - serverNow();
      if (left <= 0) {
        onEnd();
      } else {
        this.#timer = setTimeout(tick, left % SECOND || SECOND);
        onTick(left);
      }
    };
    tick();
  }

  stop() {
    clearTimeout(this.#timer);
  }
}
