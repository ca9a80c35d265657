// Calendar dates are `YYYY-MM-DD` text in UTC; arithmetic is on day numbers, never on local time.
const DAY_MS = 86_400_000;

export function dateOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

/** `2026-10-12T03:14:00Z`, the form of the API description's examples: whole seconds, UTC. */
export function momentOf(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}

export function dayNumberOf(date: string): number {
  return Math.round(Date.parse(`${date}T00:00:00Z`) / DAY_MS);
}

export function addDays(date: string, days: number): string {
  return dateOf((dayNumberOf(date) + days) * DAY_MS);
}

/** `anchorDay` keeps a subscription of the 31st on the last day of short months without drifting to the 28th. */
export function addMonths(
  date: string,
  months: number,
  anchorDay = Number(date.slice(8, 10)),
): string {
  const index = Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1 + months;
  const year = Math.floor(index / 12);
  const month = index % 12;
  const lastDay = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return dateOf(Date.UTC(year, month, Math.min(anchorDay, lastDay)));
}

export function daysBetween(start: string, end: string): number {
  return dayNumberOf(end) - dayNumberOf(start);
}

export function startOfDayMs(date: string): number {
  return dayNumberOf(date) * DAY_MS;
}
