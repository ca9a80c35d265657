import { BrokenLaw } from '../broken-law.ts';
import { confirmedLaws } from './confirmed.ts';
import type { Evidence, Law } from './law.ts';
import { monthLaws } from './month.ts';
import { stuckLaws } from './nothing-stuck.ts';
import { onceLaws } from './once.ts';
import { standingLaws } from './standing/index.ts';
import { centLaws } from './to-the-cent.ts';

const invoiceLaws: readonly Law[] = [
  ...onceLaws,
  ...confirmedLaws,
  ...stuckLaws,
  ...centLaws,
  ...monthLaws,
];
const shownMax = 6;

/** Throws the first law that does not hold. */
export function assertLaws(evidence: Evidence): void {
  for (const { name, broken } of evidence.standing === null ? invoiceLaws : standingLaws) {
    const found = broken(evidence);
    if (found.length > 0) throw new BrokenLaw(name, found.slice(0, shownMax).join('; '));
  }
}
