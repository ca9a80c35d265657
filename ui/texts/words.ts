import type { View } from '../api.ts';
import { day, fill } from '../i18n.ts';
import { words } from '../state/shell.ts';
import { en } from './en.ts';

/**
 * A text with the connected system's own words in it: {system} {document} {company} {item}, and with their
 * article {aDocument} {aCompany} {anItem}.
 */
export const sayWith = (text: string, facts: Readonly<Record<string, string>> = {}): string =>
  fill(text, { ...words.value, ...facts });

const naming = [
  'name',
  'product',
  'charge',
  'description',
  'item',
  'customer',
  'order',
  'number',
] as const;

const isDate = /^\d{4}-\d{2}-\d{2}$/;

/** What a question is about, as a person names it; its subject is only an id. */
export function nameOfNeed({ facts }: { facts: Readonly<Record<string, string>> }): string | null {
  const found = naming.find((name) => facts[name] && !isDate.test(facts[name]));
  return found ? (facts[found] ?? null) : null;
}

const ignored: Readonly<Record<string, string | undefined>> = en.ignored;
const excludedBefore = 'excluded: ';
const waitsBefore = 'waits-until ';

/** Why a task was put aside. */
export const ignoredSentence = (reason: string): string =>
  reason.startsWith(waitsBefore)
    ? fill(en.waitsUntil, { date: day(reason.slice(waitsBefore.length)) })
    : reason.startsWith(excludedBefore)
      ? fill(en.excluded, { reason: reason.slice(excludedBefore.length) })
      : (ignored[reason] ?? reason);

/** Why a task waits, in few words. */
export const needSentence = (need: View.NeedView): string =>
  sayWith(en.needs[need.code][0], { subject: nameOfNeed(need) ?? en.dashboard.aProduct });
