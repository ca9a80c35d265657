import type { dateAt } from '../../domain/dates.ts';
import { multiply } from '../../domain/decimal.ts';
import { ownKey } from '../../domain/ids.ts';
import { productMappingId } from '../../domain/mapping.ts';
import { money } from '../../domain/money.ts';
import {
  nextPeriodAfter,
  type OwnCharge,
  ownPeriods,
  ownProductKey,
  termsAt,
} from '../../domain/own-charge.ts';
import type { Connector } from '../../domain/ports/connector.ts';
import type { Reader } from '../../domain/ports/store.ts';
import { linkStateOf } from '../../sync/plan/links.ts';
import type { PlanWorld } from '../../sync/plan/world.ts';
import type { OwnChargeView } from '../views/own-charges.ts';
import { moneyView } from './money.ts';

interface Shown {
  reader: Reader;
  world: PlanWorld;
  connector: Connector;
}

/** An own charge as it stands today: its words and price now, what comes next, what is billed. */
export function ownChargeView(shown: Shown, own: OwnCharge): OwnChargeView {
  const { reader, world } = shown;
  const { today } = world;
  const { description, quantity, unitPrice } = termsAt(own, today);
  const key = ownProductKey(own.id);
  const mapping = reader.get('productMapping', productMappingId(own.connectionId, key, null));
  const item =
    mapping?.targetId == null
      ? null
      : (reader.get('item', ownKey(own.connectionId, mapping.targetId))?.item ?? null);
  const next = nextPeriodAfter(own, today);
  return {
    id: own.id,
    number: own.number,
    customerId: own.customerId,
    customerName: world.customer(own.customerId)?.name ?? own.customerId,
    description,
    quantity,
    unitPrice,
    amount: moneyView(money(multiply(quantity, unitPrice), own.currency)),
    everyMonths: own.everyMonths,
    from: own.from,
    until: own.until,
    state: stateOf(own, today, next),
    next,
    item:
      item === null
        ? null
        : { id: item.id, name: item.name, detail: item.code, archived: item.archived },
    accountCode: mapping?.accountCode ?? null,
    taxType: mapping?.taxType ?? null,
    terms: own.terms,
    pauses: own.pauses,
    billed: billedOf(shown, own),
  };
}

function stateOf(
  own: OwnCharge,
  today: ReturnType<typeof dateAt>,
  next: string | null,
): OwnChargeView['state'] {
  if (own.until !== null && own.until <= today) return 'ended';
  if (own.pauses.at(-1)?.until === null) return 'paused';
  if (own.from > today) return 'planned';
  if (own.everyMonths === null) return 'once';
  return next === null ? 'ended' : 'running';
}

function billedOf({ reader, world, connector }: Shown, own: OwnCharge): OwnChargeView['billed'] {
  for (const { start } of ownPeriods(own, world.today).toReversed()) {
    const { live } = linkStateOf(reader, `${ownProductKey(own.id)}:${start}`);
    if (live === null) continue;
    return {
      number: live.documentNumber ?? live.documentId,
      url: connector.documentUrl(world.connection.account, {
        id: live.documentId,
        kind: live.documentKind,
      }),
      on: start,
    };
  }
  return null;
}
