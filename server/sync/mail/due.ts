import type { Connection } from '../../domain/connection.ts';
import { dateAt, instant, millisecondsOf, minuteOfDayAt } from '../../domain/dates.ts';
import type { Letter, Mailing, Problem } from '../../domain/mail.ts';
import type { Reader } from '../../domain/ports/store.ts';
import { digestOf } from './digest.ts';
import { problemsOf } from './problems.ts';

/** Failures of a connection are told at most once in this time. */
export const failuresEveryMs = 60 * 60_000;
/** What still fails and was told is told again after this long, until it is solved. */
export const reminderMs = 24 * 60 * 60_000;

/** A letter that is due, and the mailing as it is once it was sent. */
export interface Due {
  letter: Letter;
  sent: Mailing;
}

/** What a connection has to write now; the mailing also where only something is solved. */
export function dueMail(
  reader: Reader,
  connection: Connection,
  mailing: Mailing,
  nowMs: number,
): { due: Due[]; mailing: Mailing } {
  const problems = problemsOf(reader, connection);
  const known = forgetSolved(mailing, problems);
  if (known.to.length === 0) return { due: [], mailing: known };
  const told = problems.filter(({ kind }) => !known.quiet.includes(kind));
  const failures = dueFailures(known, told, nowMs);
  const base = failures?.sent ?? known;
  const digest = dueDigest(reader, connection, base, nowMs);
  return { due: [failures, digest].filter((one) => one !== null), mailing: known };
}

/** What is solved and comes back is new again. */
function forgetSolved(mailing: Mailing, problems: readonly Problem[]): Mailing {
  if (mailing.told === null) return mailing;
  const keys = new Set(problems.map(({ key }) => key));
  const left = mailing.told.problems.filter((key) => keys.has(key));
  return left.length === mailing.told.problems.length
    ? mailing
    : { ...mailing, told: { ...mailing.told, problems: left } };
}

function dueFailures(mailing: Mailing, problems: readonly Problem[], nowMs: number): Due | null {
  if (!mailing.failures || problems.length === 0) return null;
  const known = new Set(mailing.told?.problems ?? []);
  const sinceMs = mailing.told === null ? Infinity : nowMs - millisecondsOf(mailing.told.at);
  const isNew = problems.some(({ key }) => !known.has(key));
  if (sinceMs < (isNew ? failuresEveryMs : reminderMs)) return null;
  return {
    letter: { kind: 'problems', problems, isReminder: !isNew },
    sent: {
      ...mailing,
      told: { at: instant(nowMs), problems: problems.map(({ key }) => key) },
    },
  };
}

function dueDigest(
  reader: Reader,
  connection: Connection,
  mailing: Mailing,
  nowMs: number,
): Due | null {
  const { timeZone } = connection.account;
  const today = dateAt(nowMs, timeZone);
  const { digestAt, digestSent } = mailing;
  if (digestAt === null || digestSent === today || minuteOfDayAt(nowMs, timeZone) < digestAt)
    return null;
  return {
    letter: digestOf(reader, connection, nowMs),
    sent: { ...mailing, digestSent: today },
  };
}
