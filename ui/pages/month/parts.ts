import type { View } from '../../api.ts';
import { monthTexts as texts } from '../../texts/en-month.ts';
import { ignoredSentence, sayWith } from '../../texts/words.ts';

/** A row of the way from the charges to the documents. */
export interface Part {
  id: string;
  text: string;
  amount: string;
  /** How many differences there are of it; null for a sum. */
  count: number | null;
  name: View.MonthDifferenceView['name'] | null;
  isSum: boolean;
}

const part = (id: string, text: string, amount: string, isSum = false): Part => ({
  id,
  text,
  amount,
  count: null,
  name: null,
  isSum,
});

/** Charges, every named difference, and what it comes to; an amount of nothing is left out. */
export const partsOf = (of: View.MonthFiguresView): Part[] => [
  part('charged', texts.charged, of.charged),
  ...(isNothing(of.own) ? [] : [part('own', texts.own, of.own)]),
  ...of.differences.map(({ name, amount, count }) => ({
    ...part(name, sayWith(texts.names[name]), amount),
    name,
    count,
  })),
  ...(isNothing(of.unexplained) ? [] : [part('unexplained', texts.unexplained, of.unexplained)]),
  part('documents', sayWith(texts.documents), of.documents, true),
  part('tax', texts.tax, of.tax),
];

export const isNothing = (amount: string): boolean => /^-?0(\.0*)?$/.test(amount);

const reasons: Readonly<Record<string, string | undefined>> = texts.reasons;

/** Why, in few words; a person's own words stand as they were typed. */
export function reasonOf({ reason }: View.MonthDifferenceView): string {
  if (reason === null) return '';
  const known = reasons[reason];
  return known === undefined ? ignoredSentence(reason) : sayWith(known);
}
