import type { CalendarDate } from '../../domain/dates.ts';
import type { DocumentKind } from '../../domain/document.ts';
import { portionId } from '../../domain/link.ts';
import { type Money, opposite, sum } from '../../domain/money.ts';
import type { Plan, PlanLine } from '../../domain/plan.ts';
import { withoutLineMark } from '../markers.ts';

/** A document as a plan makes it: what its head says, and what it comes to. */
export interface Paper {
  kind: DocumentKind;
  purpose: Plan['purpose'];
  postAs: Plan['postAs'];
  date: CalendarDate | null;
  dueDate: CalendarDate | null;
  /** Against the customer where it is negative. */
  added: Money;
  lines: number;
  companyId: string | null;
  number: string | null;
  /** Without the document's mark. */
  reference: string;
  taxBasis: string | null;
  themeId: string | null;
}

export const lineFields = [
  'amount',
  'price',
  'text',
  'item',
  'account',
  'tax',
  'tracking',
  'document',
  'billed',
  'asks',
] as const;
export type LineField = (typeof lineFields)[number];

/** One thing that one line would say otherwise; `billed` and `asks` where there is a line on one side only. */
export interface LineChange {
  text: string;
  orderNumber: string;
  field: LineField;
  was: string | null;
  is: string | null;
}

/** What a customer's documents in a currency would be otherwise. */
export interface CustomerChange {
  customerId: string;
  currency: string;
  before: Paper[];
  after: Paper[];
  lines: LineChange[];
  /** What the customer would owe more. */
  more: Money;
}

/** Plans of the same tasks, made in two worlds, side by side; customers with no difference are left out. */
export function comparePlans(before: readonly Plan[], after: readonly Plan[]): CustomerChange[] {
  const keys = new Set([...before, ...after].map(keyOf));
  return [...keys].flatMap((key) => {
    const [was, is] = [before, after].map((plans) => plans.filter((plan) => keyOf(plan) === key));
    const change = changeOf(was ?? [], is ?? []);
    return change === null ? [] : [change];
  });
}

const keyOf = ({ customerId, after: { currency } }: Plan): string => `${customerId} ${currency}`;

function changeOf(before: readonly Plan[], after: readonly Plan[]): CustomerChange | null {
  const [first] = [...before, ...after];
  if (first === undefined) return null;
  const lines = lineChanges(before, after);
  const { currency } = first.after;
  const [was, is] = [before.filter(isWritable).map(paperOf), after.filter(isWritable).map(paperOf)];
  const isSame = lines.length === 0 && papersText(was) === papersText(is);
  return isSame
    ? null
    : {
        customerId: first.customerId,
        currency,
        before: was,
        after: is,
        lines,
        more: difference(total(currency, was), total(currency, is)),
      };
}

/** What asks is never written: a line that asks before and after is no difference, whatever it would say. */
const isWritable = ({ needs, ref }: Plan): boolean =>
  needs.length === 0 && !ref.startsWith('blocked:');

function paperOf(plan: Plan): Paper {
  const header = plan.target.kind === 'new' ? plan.target.header : null;
  const added = difference(plan.before, plan.after);
  return {
    kind: plan.documentKind,
    purpose: plan.purpose,
    postAs: plan.postAs,
    date: header?.date ?? null,
    dueDate: header?.dueDate ?? null,
    added: plan.documentKind === 'creditNote' ? opposite(added) : added,
    lines: plan.lines.length,
    companyId: header?.companyId ?? null,
    number: header?.number ?? null,
    reference: header?.reference.replace(/ ?\S+$/, '') ?? '',
    taxBasis: header?.taxBasis ?? null,
    themeId: header?.themeId ?? null,
  };
}

const difference = (from: Money, to: Money): Money => ({
  ...to,
  amountMinor: to.amountMinor - from.amountMinor,
});
const total = (currency: string, papers: readonly Paper[]): Money =>
  sum(
    currency,
    papers.map(({ added }) => added),
  );
const papersText = (papers: readonly Paper[]): string =>
  papers
    .map(({ added, ...head }) => JSON.stringify([head, String(added.amountMinor)]))
    .sort()
    .join('\n');

interface Placed {
  plan: Plan;
  line: PlanLine;
  /** The lines that stand on the same document, whatever its mark is. */
  together: string;
}

function lineChanges(before: readonly Plan[], after: readonly Plan[]): LineChange[] {
  const [was, is] = [placedIn(before), placedIn(after)];
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((key) =>
    between(was.get(key) ?? null, is.get(key) ?? null),
  );
}

const placedIn = (plans: readonly Plan[]): Map<string, Placed> =>
  new Map(
    plans.flatMap((plan) => {
      const keys = plan.lines.map(({ chargeKey, portion }) => portionId(chargeKey, portion));
      const together = [plan.documentKind, ...keys.toSorted()].join(' ');
      return plan.lines.map((line, at) => [keys[at] ?? '', { plan, line, together }] as const);
    }),
  );

function between(was: Placed | null, is: Placed | null): LineChange[] {
  const known = is ?? was;
  if (known === null) return [];
  const { line } = known;
  const change = (field: LineField, old: string | null, now: string | null): LineChange => ({
    text: withoutLineMark(line.content.description),
    orderNumber: line.orderNumber,
    field,
    was: old,
    is: now,
  });
  const [asked, asks] = [was, is].map((one) => one !== null && !isWritable(one.plan));
  if (asked !== asks) return [change('asks', needsOf(was), needsOf(is))];
  if (asks) return [];
  if (was === null || is === null) return [change('billed', amountOf(was), amountOf(is))];
  const [old, now] = [fieldsOf(was), fieldsOf(is)];
  const changes = lineFields.flatMap((field) => {
    const [from, to] = [old[field] ?? null, now[field] ?? null];
    return from === to ? [] : [change(field, from, to)];
  });
  return was.together === is.together
    ? changes
    : [...changes, change('document', headOf(was), headOf(is))];
}

/** What a line says, field by field, as text. */
function fieldsOf({
  line: { content, amount },
}: Placed): Partial<Record<LineField, string | null>> {
  return {
    amount: String(amount.amountMinor),
    price: `${content.quantity} × ${content.unitPrice}${
      content.discount === null ? '' : ` - ${content.discount.value}`
    }`,
    text: withoutLineMark(content.description),
    item: content.itemCode,
    account: content.accountCode,
    tax: content.taxType,
    tracking: content.tracking.map(({ optionId }) => optionId).join(' ') || null,
  };
}

const headOf = ({ plan }: Placed): string =>
  `${plan.documentKind} ${plan.purpose} ${plan.lines.length}`;
const amountOf = (one: Placed | null): string | null =>
  one === null ? null : String(one.line.amount.amountMinor);
const needsOf = (one: Placed | null): string | null =>
  one === null ? null : one.plan.needs.map(({ code }) => code).join(' ') || null;
