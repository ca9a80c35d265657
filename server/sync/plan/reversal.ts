import type { Charge } from '../../domain/charge.ts';
import { isStanding } from '../../domain/document.ts';
import { type Link, lineOfLink, type Portion } from '../../domain/link.ts';
import { opposite } from '../../domain/money.ts';
import type { Order } from '../../domain/order.ts';
import type { FeeKind } from '../../domain/product.ts';
import { shapeOf } from '../../domain/shape.ts';
import { asItStands } from '../check/snapshots.ts';
import { lineMarker, withLineMark } from '../markers.ts';
import { booksOf } from './books.ts';
import type { DraftLine } from './draft-line.ts';
import type { PlanWorld } from './world.ts';

/** The mirror of a written line as it stands, whoever changed it, for a correction a person asked for. */
export function reversalOf(
  world: PlanWorld,
  order: Order,
  charge: Charge,
  fee: FeeKind,
  live: Link,
): DraftLine {
  const document = world.snapshot(live.documentId)?.document;
  const written = document && lineOfLink(document.lines, live);
  const stands = document && written ? asItStands(document, written, live) : live;
  const portion: Portion = { instalment: 0, generation: live.generation, sign: -1 };
  const marker = lineMarker(world.crypto, world.scope, charge.key, portion);
  // The line of a credit note has its signs turned: what it gave back is owed again.
  const amount = live.documentKind === 'creditNote' ? stands.amount : opposite(stands.amount);
  // A discount was part of the line; its mirror has none, so the price bears it.
  const shape = shapeOf({ amount, quantity: stands.quantity, unitPrice: stands.unitPrice });
  // Booked and taxed as the line it takes back, wherever the settings point now.
  const books = booksOf({
    edit: {
      ...(written?.accountCode == null ? {} : { accountCode: written.accountCode }),
      ...(written?.taxType == null ? {} : { taxType: written.taxType }),
    },
    mapping: null,
    item: null,
    fee,
    settings: world.settings,
    reference: world.reference,
  });
  return {
    charge,
    order,
    portion,
    marker,
    fee,
    amount,
    priceFrom: 'marketplace',
    subscriptionId: live.subscriptionId,
    productKey: live.productKey,
    content: {
      description: withLineMark(
        `Correction of ${live.documentNumber ?? 'an earlier document'}`,
        marker,
      ),
      quantity: shape.quantity,
      unitPrice: shape.unitPrice,
      discount: null,
      itemCode: null,
      // A system of open lines takes none without what is sold.
      ...(isStanding(live.documentKind) && written?.itemId != null
        ? { itemId: written.itemId }
        : {}),
      accountCode: books.accountCode,
      taxType: books.taxType,
      tracking: world.settings.tracking,
    },
    explanation: [
      { step: 'turned', reason: 'reversal' },
      { step: 'shape', ...shape },
      ...books.steps,
    ],
  };
}
