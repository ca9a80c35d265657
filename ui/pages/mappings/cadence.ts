import { say } from '../../i18n.ts';
import { ownTexts as texts } from '../../texts/en-own.ts';

/** How often an own charge comes, in words. */
export function cadence(everyMonths: number | null): string {
  const known: Readonly<Record<string, string | undefined>> = texts.every;
  const key = everyMonths === null ? 'once' : String(everyMonths);
  return known[key] ?? say(texts.everyMonths, { count: key });
}
