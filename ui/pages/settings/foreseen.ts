import type { View } from '../../api.ts';
import { money, monthName, plural, say } from '../../i18n.ts';
import { ask } from '../../state/ask.ts';
import { words } from '../../state/shell.ts';
import { notifyError } from '../../state/toasts.ts';
import { type Thought, whatIf } from '../../state/what-if.ts';
import { whatIfTexts as texts } from '../../texts/en-what-if.ts';
import { sayWith } from '../../texts/words.ts';

/** So many customers are named of each month. */
const namedMax = 5;

/**
 * Shows what a change would have done to the last months, and asks; true at once where it would have
 * done nothing. False where the person says no, or nobody could tell.
 */
export async function mayChange(id: string, change: Thought): Promise<boolean> {
  const read = await whatIf(id, change);
  if (!read.ok) {
    notifyError(read.error);
    return false;
  }
  const body = sentencesOf(read.value);
  if (body.length === 0) return true;
  return (await ask({ title: texts.title, body: [texts.lead, ...body], yes: texts.yes })) !== null;
}

/** What would be otherwise, in sentences; none where nothing would. */
export function sentencesOf({ months, ready, more }: View.WhatIfView): string[] {
  const told = [
    ...months.toReversed().flatMap((one) => partOf(one, texts.month, monthName(one.month))),
    ...partOf(ready, texts.ready, ''),
  ];
  if (told.length === 0) return [];
  return [...more.map(owed), ...told];
}

function partOf(
  { changed, rows }: { changed: number; rows: readonly View.WhatIfRow[] },
  text: { one: string; other: string },
  month: string,
): string[] {
  if (changed === 0) return [];
  const rest = changed - Math.min(rows.length, namedMax);
  return [
    [
      plural(text, changed, { month }),
      ...rows.slice(0, namedMax).map(rowOf),
      ...(rest > 0 ? [plural(texts.rest, rest)] : []),
    ].join('\n'),
  ];
}

function rowOf({ customerName, before, after, lines }: View.WhatIfRow): string {
  const fields = [...new Set(lines.map(({ field }) => field))].map((field) =>
    sayWith(texts.fields[field]),
  );
  return say(texts.row, {
    customer: customerName,
    before: papersOf(before),
    after: papersOf(after),
    what: fields.length === 0 ? '' : say(texts.what, { fields: fields.join(', ') }),
  });
}

function papersOf(papers: readonly View.WhatIfPaper[]): string {
  const told = (['invoice', 'creditNote'] as const).flatMap((kind) => {
    const own = papers.filter((paper) => (paper.kind === 'creditNote') === (kind === 'creditNote'));
    if (own.length === 0) return [];
    const amount = own.map((paper) => money(paper.amount)).join(' + ');
    const text = kind === 'creditNote' ? texts.credits : texts.papers;
    return [plural(text, own.length, { amount, document: words.value.document })];
  });
  return told.length === 0 ? texts.nothing : told.join(', ');
}

const owed = (amount: View.MoneyView): string =>
  amount.amount.startsWith('-')
    ? say(texts.less, { amount: money({ ...amount, amount: amount.amount.slice(1) }) })
    : say(texts.more, { amount: money(amount) });
