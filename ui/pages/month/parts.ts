import type { View } from '../../api.ts';
import { money, plural, say } from '../../i18n.ts';
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

const named = ({ name, amount, count }: View.MonthFiguresView['differences'][number]): Part => ({
  ...part(name, sayWith(texts.names[name]), amount),
  name,
  count,
});

/** Charges, every named difference, and what it comes to; an amount of nothing is left out. */
export const partsOf = (of: View.MonthFiguresView): Part[] => [
  part('charged', texts.charged, of.charged),
  ...(isNothing(of.own) ? [] : [part('own', texts.own, of.own)]),
  ...of.differences.map(named),
  ...(isNothing(of.unexplained) ? [] : [part('unexplained', texts.unexplained, of.unexplained)]),
  part('documents', sayWith(texts.documents), of.documents, true),
  part('taxTold', texts.taxTold, of.taxTold),
  ...of.taxDifferences.map(named),
  part('tax', texts.tax, of.tax, true),
];

export const isNothing = (amount: string): boolean => /^-?0(\.0*)?$/.test(amount);

/** Whether anything of what the marketplace charges the reseller is known in this currency, or missing. */
export const hasCosts = ({ cost, costUnknown }: View.MonthFiguresView): boolean =>
  !isNothing(cost) || costUnknown > 0;

/** What the marketplace charges the reseller, in sentences. */
export const costWords = (of: View.MonthFiguresView): string[] => {
  const amount = (text: string): string => money({ amount: text, currency: of.currency });
  return [
    say(texts.costSum, { cost: amount(of.cost), left: amount(of.left) }),
    ...(isNothing(of.costUnbilled)
      ? []
      : [say(texts.costUnbilled, { amount: amount(of.costUnbilled) })]),
    ...(of.costUnknown === 0 ? [] : [plural(texts.costUnknown, of.costUnknown)]),
  ];
};

const reasons: Readonly<Record<string, string | undefined>> = texts.reasons;

/** Why, in few words; a person's own words stand as they were typed. */
export function reasonOf({ reason }: View.MonthDifferenceView): string {
  if (reason === null) return '';
  const known = reasons[reason];
  return known === undefined ? ignoredSentence(reason) : sayWith(known);
}
