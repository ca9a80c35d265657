import type { Connector } from '../../domain/ports/connector.ts';
import type { Reader } from '../../domain/ports/store.ts';
import type { ChangedLine } from '../../sync/check/snapshots.ts';
import type { Drift } from '../../sync/drift.ts';
import type { PlanWorld } from '../../sync/plan/world.ts';
import { correctionLeft } from '../../sync/undo/corrections-left.ts';
import type { DriftLineView, DriftView } from '../views/drifts.ts';
import { moneyView } from './money.ts';

/** A document that was changed there, with each of our lines as it was and as it stands now. */
export function driftView(
  { reader, world, connector }: { reader: Reader; world: PlanWorld; connector: Connector },
  { snapshot, lines }: Drift,
): DriftView {
  const { document, hash } = snapshot;
  const customerId = lines[0]?.link.customerId ?? '';
  return {
    documentId: document.id,
    documentKind: document.kind,
    number: document.number,
    url: connector.documentUrl(world.connection.account, document),
    state: document.state,
    customerName: world.customer(customerId)?.name ?? customerId,
    changedAt: document.updatedAt,
    seen: hash,
    lines: lines.map((line) => lineView(reader, line)),
  };
}

function lineView(reader: Reader, changed: ChangedLine): DriftLineView {
  const { link, change, line } = changed;
  const correction = correctionLeft(reader, changed);
  return {
    id: link.id,
    change,
    text: reader.get('charge', link.chargeKey)?.description ?? link.marker,
    orderNumber: reader.get('order', link.orderId)?.number ?? link.orderId,
    was: {
      quantity: link.quantity,
      unitPrice: link.unitPrice,
      amount: moneyView(link.amount),
      tax: link.tax === undefined ? null : moneyView(link.tax),
    },
    now:
      line === null
        ? null
        : {
            quantity: line.quantity,
            unitPrice: line.unitPrice,
            amount: moneyView(line.amount),
            tax: line.tax === null ? null : moneyView(line.tax),
          },
    givenBackOn: correction === null ? null : (correction.documentNumber ?? correction.documentId),
  };
}
