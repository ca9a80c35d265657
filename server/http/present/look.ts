import type { Look } from '../../domain/look.ts';
import { type Money, totals } from '../../domain/money.ts';
import type { Connector } from '../../domain/ports/connector.ts';
import { possibleAnswers } from '../../sync/look/given-answers.ts';
import type { Found } from '../../sync/look/look-at.ts';
import type { Figures, Finding } from '../../sync/look/looked.ts';
import type { PlanWorld } from '../../sync/plan/world.ts';
import type { MoneyView } from '../views/common.ts';
import type { FoundFigures, FoundView, LookView } from '../views/look.ts';
import { moneyView } from './money.ts';

interface Shown {
  world: PlanWorld;
  connector: Connector;
}

export function foundView({ world, connector }: Shown, found: Found): FoundView {
  const { held, lines, here, there, cost } = found;
  const [line] = lines;
  return {
    id: found.id,
    kind: found.kind,
    reason: found.reason,
    customerId: found.customerId,
    customerName: world.customer(found.customerId)?.name ?? '',
    name: held[0]?.name ?? line?.description ?? '',
    monthly: moneyView(found.monthly),
    here: here === null ? null : figuresView(here, held.length),
    there:
      there === null || line === undefined
        ? null
        : {
            ...figuresView(there, lines.length),
            text: line.description,
            number: line.number,
            date: line.open === undefined ? line.date : null,
            url: connector.documentUrl(world.connection.account, {
              id: line.documentId,
              kind: line.documentKind,
            }),
          },
    cost: cost === null ? null : moneyView(cost),
    belowCost: found.belowCost,
    since: found.since,
    answer: found.answer,
    answers: possibleAnswers(found).filter((answer) => answer !== found.answer),
    noLink: found.noLink,
    seen: found.seen,
  };
}

const figuresView = ({ quantity, unitPrice, monthly }: Figures, count: number): FoundFigures => ({
  quantity,
  unitPrice,
  monthly: monthly === null ? null : moneyView(monthly),
  count,
});

/** What is still to be answered, a month: what customers should pay more, and what less. */
export function foundTotals(found: readonly Found[]): Pick<LookView, 'missing' | 'tooMuch'> {
  const open = found.filter(({ answer, kind }) => answer === null && kind !== 'below-cost');
  const shown = (wanted: (finding: Finding) => boolean): MoneyView[] =>
    totals(open.filter(wanted).map(({ monthly }) => monthly)).map((total) =>
      moneyView(unsigned(total)),
    );
  return {
    missing: shown(({ monthly }) => monthly.amountMinor > 0n),
    tooMuch: shown(({ monthly }) => monthly.amountMinor < 0n),
  };
}
const unsigned = (money: Money): Money =>
  money.amountMinor < 0n ? { ...money, amountMinor: -money.amountMinor } : money;

export function lookState(look: Look | null): LookView['state'] {
  if (look === null) return 'never';
  if (look.endedAt !== null) return look.failure === null ? 'done' : 'failed';
  return look.failure === null ? 'reading' : 'waiting';
}
