import { ownKey } from '../../domain/ids.ts';
import type { Intent } from '../../domain/intent.ts';
import { sum } from '../../domain/money.ts';
import type { Connector } from '../../domain/ports/connector.ts';
import type { Reader } from '../../domain/ports/store.ts';
import type { PlanWorld } from '../../sync/plan/world.ts';
import type { UnclearView } from '../views/runs.ts';
import { moneyView, nameOf } from './money.ts';

/** A write that nobody knows the outcome of, with what it was about and where to look. */
export function unclearView(
  reader: Reader,
  world: PlanWorld,
  connector: Connector,
  intent: Intent,
): UnclearView {
  const { element, frees } = intent;
  const { connection } = world;
  const document =
    element.documentId === null
      ? null
      : (reader.get('snapshot', ownKey(connection.id, element.documentId))?.document ?? null);
  const taken = frees.flatMap((id) => reader.get('link', id)?.amount ?? []);
  const currency = taken[0]?.currency ?? null;
  const amount =
    currency === null
      ? (document?.total ?? null)
      : sum(
          currency,
          taken.filter((one) => one.currency === currency),
        );
  return {
    id: intent.id,
    what: whatOf(intent),
    lookAt: document?.number ?? intent.lookAt ?? element.marker,
    url: document === null ? null : connector.documentUrl(connection.account, document),
    amount: amount === null ? null : moneyView(amount),
    by: nameOf(intent.by),
    at: intent.sentAt,
  };
}

function whatOf({ element, frees }: Intent): UnclearView['what'] {
  if (frees.length > 0) return 'undo';
  switch (element.kind) {
    case 'send':
      return 'send';
    case 'company-create':
    case 'item-create':
      return 'create';
    default:
      return 'change';
  }
}
