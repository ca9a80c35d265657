import { totals } from '../../domain/money.ts';
import type { Connector } from '../../domain/ports/connector.ts';
import type { PlanWorld } from '../../sync/plan/world.ts';
import type { TakeBack } from '../../sync/undo/take-back.ts';
import type { UndoPreviewView } from '../views/undo.ts';
import { moneyView } from './money.ts';

/** What taking back would do, in the words of the screens. */
export function undoPreviewView(
  at: { world: PlanWorld; connector: Connector },
  found: readonly TakeBack[],
): Omit<UndoPreviewView, 'seen' | 'mapsBack'> {
  return {
    documents: found.flatMap((one) => {
      if (!one.how.can) return [];
      const { how, step, stays = null } = one.how;
      const target = step.plan?.target;
      const dated = target?.kind === 'new' ? target.header.date : null;
      return [{ ...rowOf(at, one), how, dated, stays }];
    }),
    kept: found.flatMap((one) => (one.how.can ? [] : [{ ...rowOf(at, one), why: one.how.why }])),
    totals: totals(found.flatMap(({ how, amount }) => (how.can ? [amount] : []))).map(moneyView),
  };
}

function rowOf(
  { world, connector }: { world: PlanWorld; connector: Connector },
  { documentId, snapshot, customerId, links, amount }: TakeBack,
) {
  const document = snapshot?.document ?? null;
  return {
    documentId,
    number: document?.number ?? links[0]?.documentNumber ?? null,
    url: document === null ? null : connector.documentUrl(world.connection.account, document),
    customerName: world.customer(customerId)?.name ?? '',
    lines: links.length,
    amount: moneyView(amount),
  };
}
