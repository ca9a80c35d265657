import type { Charge } from './charge.ts';
import { equals } from './exact.ts';
import type { HeldLine } from './held.ts';
import { withoutMark } from './marks.ts';

export interface Pairing {
  pairs: { charge: Charge; line: HeldLine }[];
  /** Charges that no line is left for. */
  charges: Charge[];
  /** Lines that no charge is left for. */
  lines: HeldLine[];
}

/**
 * The largest set of pairs of a charge and a line of the same contact, currency and amount, where
 * the line's text does not speak of something else (Kuhn's augmenting paths). Each charge tries the
 * likeliest line first, so that what stays over is what a person would point at.
 */
export function pair(
  charges: readonly Charge[],
  lines: readonly HeldLine[],
  names: readonly string[],
): Pairing {
  const byPlace = new Map<string, HeldLine[]>();
  for (const line of lines) {
    const place = placeOf(line);
    byPlace.set(place, [...(byPlace.get(place) ?? []), line]);
  }
  const owner = new Map<HeldLine, Charge>();
  const choices = new Map(
    charges.map((charge) => {
      const near = byPlace.get(placeOf(charge)) ?? [];
      const possible = near.filter(
        (line) => equals(line.amount, charge.amount) && !contradicts(line, charge, names),
      );
      return [charge, possible.sort((a, b) => likeness(b, charge) - likeness(a, charge))];
    }),
  );
  const place = (charge: Charge, tried: Set<HeldLine>): boolean => {
    for (const line of choices.get(charge) ?? []) {
      if (tried.has(line)) continue;
      tried.add(line);
      const present = owner.get(line);
      if (present !== undefined && !place(present, tried)) continue;
      owner.set(line, charge);
      return true;
    }
    return false;
  };
  for (const charge of charges) place(charge, new Set());
  const pairs = [...owner].map(([line, charge]) => ({ charge, line }));
  const placed = new Set(pairs.map(({ charge }) => charge));
  return {
    pairs,
    charges: charges.filter((charge) => !placed.has(charge)),
    lines: lines.filter((line) => !owner.has(line)),
  };
}

const placeOf = ({ contact, currency }: { contact: string | null; currency: string }): string =>
  `${contact ?? ''} ${currency}`;

/** The text names another product, or other days, than the charge. What a person typed names neither. */
export function contradicts(
  { text }: HeldLine,
  { words, start }: Charge,
  names: readonly string[],
): boolean {
  const said = withoutMark(text);
  const [, from] = /(\d{4}-\d{2}-\d{2}) - \d{4}-\d{2}-\d{2}/.exec(said) ?? [];
  if (from !== undefined && start !== null && from !== start) return true;
  const isOwn = words.some((word) => said.includes(word));
  return !isOwn && names.some((name) => said.startsWith(name));
}

/** How much a line looks like the charge's: its order, product, days and purchase order. */
export function likeness(line: HeldLine, { order, words, start, purchaseOrder }: Charge): number {
  const said = withoutMark(line.text);
  return (
    (line.reference.includes(order) || said.includes(order) ? 4 : 0) +
    (words.some((word) => said.includes(word)) ? 2 : 0) +
    (start !== null && said.includes(start) ? 2 : 0) +
    (purchaseOrder !== null && said.includes(purchaseOrder) ? 1 : 0)
  );
}
