import type { Company } from '../../domain/company.ts';
import { negate } from '../../domain/decimal.ts';
import { type DocumentKind, isStanding } from '../../domain/document.ts';
import type { TaskId } from '../../domain/ids.ts';
import { canonical } from '../../domain/json.ts';
import { opposite, sum } from '../../domain/money.ts';
import { comparePlaced } from '../../domain/order.ts';
import type { Plan, PlanLine } from '../../domain/plan.ts';
import { notExported } from '../../domain/settings.ts';
import { shapeOf } from '../../domain/shape.ts';
import type { Need } from '../../domain/task.ts';
import { documentMarker } from '../markers.ts';
import { billingOfNew, onBillingDays } from './billing-days.ts';
import type { Destination } from './destination.ts';
import type { DraftLine } from './draft-line.ts';
import { headerOf, type Warning } from './header.ts';
import { need } from './needs.ts';
import { taxWarnings } from './tax.ts';
import type { PlanWorld } from './world.ts';

/** Lines that go to one document, each with the task that asked for it. */
export interface PlacedLines {
  customerId: string;
  company: Company;
  destination: Destination;
  placed: readonly { taskId: TaskId; lines: readonly DraftLine[] }[];
  postAs: Plan['postAs'];
}

/** The lines of one document with where they go, as the exact change of that document. */
export function documentPlan(
  world: PlanWorld,
  { customerId, company, destination, placed, postAs }: PlacedLines,
): Plan {
  const turned = destination.documentKind === 'creditNote';
  const drafts = placed.flatMap(({ taskId, lines }) =>
    lines.map((line) => ({ taskId, line: turned ? turn(line) : line })),
  );
  drafts.sort((a, b) => comparePlaced(a.line.order, b.line.order));
  const [first] = drafts;
  if (first === undefined) throw new RangeError('a plan without lines');
  const { snapshot } = destination;
  const marker = documentMarker(world.crypto, first.line.marker, destination.purpose);
  const { header, warnings } = headerOf(
    world,
    company,
    drafts.map(({ line }) => line),
    marker,
    destination.purpose,
    destination.cycle,
  );
  const billing = snapshot === null ? billingOfNew(world, header) : snapshot.document.billing;
  const placedOn = drafts.map(({ taskId, line }) => ({
    taskId,
    ...onBillingDays(world, snapshot?.document ?? null, billing ?? null, [line]),
  }));
  const lines = placedOn.flatMap(({ taskId, lines: on }) =>
    on.map((line) => planLine(taskId, line, destination.documentKind)),
  );
  const leaves = notExported(world.settings, world.manifest.standing?.exports);
  const currency = first.line.amount.currency;
  const before = sum(currency, snapshot?.document.lines.map((line) => line.amount) ?? []);
  const plan = {
    ref: snapshot === null ? `new:${marker}` : `document:${snapshot.document.id}`,
    connectionId: world.connection.id,
    customerId,
    documentKind: destination.documentKind,
    purpose: destination.purpose,
    target:
      snapshot === null
        ? { kind: 'new' as const, header, marker }
        : {
            kind: 'existing' as const,
            documentId: snapshot.document.id,
            number: snapshot.document.number,
            seen: snapshot.hash,
          },
    postAs,
    ...(leaves.length === 0 ? {} : { leaves }),
    taskIds: [...new Set(lines.map(({ taskId }) => taskId))],
    lines,
    before,
    after: sum(currency, [before, ...lines.map(({ amount }) => amount)]),
    needs: [
      ...destination.needs,
      ...placedOn.flatMap(({ needs }) => needs),
      ...accountNeeds(world, lines, postAs),
    ],
    warnings: [
      ...(snapshot === null ? warnings : []),
      ...placedOn.flatMap((on) => on.warnings),
      ...accountWarnings(lines, postAs),
      ...marginWarnings(drafts.map(({ line }) => line)),
      ...apartWarnings(drafts.map(({ line }) => line)),
      ...(header.taxBasis === 'exclusive'
        ? taxWarnings(
            world,
            drafts.map(({ line }) => line),
          )
        : []),
    ],
  };
  return { ...plan, fingerprint: world.crypto.hash(canonical(plan)) };
}

export function planLine(
  taskId: TaskId,
  {
    charge,
    order,
    portion,
    marker,
    subscriptionId,
    productKey,
    content,
    amount,
    explanation,
    stands,
    sets,
  }: DraftLine,
  documentKind: DocumentKind,
): PlanLine {
  return {
    chargeKey: charge.key,
    portion,
    revision: charge.revision,
    taskId,
    orderId: order.id,
    orderNumber: order.number,
    subscriptionId,
    productKey,
    period: charge.period,
    marker,
    content,
    amount,
    explanation,
    ...(isStanding(documentKind) && stands === undefined
      ? { day: charge.period?.start ?? order.placedOn }
      : {}),
    ...(stands === undefined ? {} : { stands }),
    ...(sets === undefined ? {} : { sets }),
  };
}

/** The same line on a credit note: all signs turned. Discounts are refused there, so the price bears them. */
function turn(line: DraftLine): DraftLine {
  const amount = opposite(line.amount);
  const price =
    line.content.discount === null
      ? { quantity: line.content.quantity, unitPrice: negate(line.content.unitPrice) }
      : shapeOf({ amount, quantity: line.content.quantity, unitPrice: null });
  return {
    ...line,
    amount,
    content: {
      ...line.content,
      quantity: price.quantity,
      unitPrice: price.unitPrice,
      discount: null,
    },
    explanation: [
      ...line.explanation,
      { step: 'turned', reason: 'credit-note' },
      {
        step: 'shape',
        shape: 'quantity-price',
        quantity: price.quantity,
        unitPrice: price.unitPrice,
      },
    ],
  };
}

/** An approved document needs an account on every line; a draft can wait for one, with a warning. */
export function accountNeeds(
  world: PlanWorld,
  lines: readonly Pick<PlanLine, 'content'>[],
  postAs: Plan['postAs'],
): Need[] {
  const missing = lines.filter(({ content }) => content.accountCode === null);
  if (missing.length === 0 || postAs === 'draft') return [];
  return [need('no-account', world.connection.id, { lines: String(missing.length) })];
}
function accountWarnings(lines: readonly PlanLine[], postAs: Plan['postAs']): Warning[] {
  const missing = lines.filter(({ content }) => content.accountCode === null).length;
  return missing > 0 && postAs === 'draft'
    ? [{ code: 'no-account', facts: { lines: String(missing) } }]
    : [];
}

function marginWarnings(lines: readonly DraftLine[]): Warning[] {
  return (['low', 'unknown'] as const).flatMap((kind) => {
    const { length } = lines.filter(({ margin }) => margin === kind);
    return length === 0 ? [] : [{ code: `margin-${kind}`, facts: { lines: String(length) } }];
  });
}

function apartWarnings(lines: readonly DraftLine[]): Warning[] {
  const { length } = lines.filter(({ explanation }) =>
    explanation.some(({ step }) => step === 'apart'),
  );
  return length === 0 ? [] : [{ code: 'seats-apart', facts: { lines: String(length) } }];
}
