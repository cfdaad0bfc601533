/** Times as people in China read them, whatever the clock of the device says. Pure. */
import { timeWords } from "../messages/desk.zh-CN";

const ZONE = "Asia/Shanghai";
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const formatter = new Intl.DateTimeFormat("en-CA", {
  timeZone: ZONE,
  hourCycle: "h23",
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
});

interface Parts {
  day: string;
  time: string;
  seconds: string;
}

function partsOf(at: number): Parts {
  const values: Partial<Record<Intl.DateTimeFormatPartTypes, string>> = {};
  for (const part of formatter.formatToParts(at)) values[part.type] = part.value;
  return {
    day: `${values.year}-${values.month}-${values.day}`,
    time: `${values.hour}:${values.minute}`,
    seconds: values.second ?? "00",
  };
}

/** `2026-11-23 10:05:09`; the text itself when it is no time. */
export function formatTime(iso: string): string {
  const at = Date.parse(iso);
  if (Number.isNaN(at)) return iso;
  const { day, time, seconds } = partsOf(at);
  return `${day} ${time}:${seconds}`;
}

/** `11-23 10:05`, with the year where it is not this one. */
export function formatShortTime(iso: string, now: number): string {
  const at = Date.parse(iso);
  if (Number.isNaN(at)) return iso;
  const { day, time } = partsOf(at);
  const sameYear = day.slice(0, 4) === partsOf(now).day.slice(0, 4);
  return `${sameYear ? day.slice(5) : day} ${time}`;
}

/** How long ago; older than a week is a date. */
export function formatRelative(iso: string, now: number): string {
  const at = Date.parse(iso);
  if (Number.isNaN(at)) return iso;
  const age = now - at;
  if (age < MINUTE) return timeWords.justNow;
  if (age < HOUR) return timeWords.minutesAgo(Math.floor(age / MINUTE));
  const then = partsOf(at);
  if (then.day === partsOf(now).day) return timeWords.hoursAgo(Math.floor(age / HOUR));
  if (then.day === partsOf(now - DAY).day) return timeWords.yesterday(then.time);
  if (age < 7 * DAY) return timeWords.daysAgo(Math.max(2, Math.floor(age / DAY)));
  return formatShortTime(iso, now);
}
