import { dateOf } from '../../calendar.ts';
import { type Decimal, decimalText, negated, plus, rounded, sum } from '../../decimal.ts';
import { amountOf, amountText, dateOfField, flagOf, type Row, textOf, wholeOf } from '../row.ts';
import { billableOf, chargeCostOf } from '../rules/charge.ts';
import { IN_EFFECT, ITEM_TYPES, RECURRING_SERVICE } from '../schema/picklists.ts';
import type { World } from '../world.ts';
import { addItem, type NewItem } from './item.ts';
import { LINE_KINDS, type LineKind } from './line-kind.ts';
import { type Period, periodsOf } from './periods.ts';
import { type Piece, piecesOf } from './pieces.ts';
import { timelineOf } from './timeline.ts';

const NOTHING: Decimal = { units: 0n, scale: 2 };

export interface Posting {
  world: World;
  actor: string;
  /** Everything up to this day is approved and posted. */
  through: string;
  /** Only this contract, where one is named. */
  contractId?: number | undefined;
}

/**
 * Approve & Post (help: Contracts > Approve & Post): every billing period of a recurring service that has begun, and every
 * billable charge bought, up to a day become billing items. Gives how many.
 */
export function approveAndPost(posting: Posting): number {
  const { world, contractId } = posting;
  const contracts = world.tables
    .all('Contracts')
    .filter((contract) => contractId === undefined || contract.id === contractId)
    .filter((contract) => wholeOf(contract, 'status') === IN_EFFECT);
  return contracts.flatMap((contract) => [
    ...postSetupFee(posting, contract),
    ...LINE_KINDS.flatMap((kind) => postServices(posting, kind, contract)),
    ...postCharges(posting, contract),
  ]).length;
}

function postServices(posting: Posting, kind: LineKind, contract: Row): Row[] {
  if (wholeOf(contract, 'contractType') !== RECURRING_SERVICE) return [];
  const { world, through } = posting;
  const periods = periodsOf(contract).filter(({ start }) => start <= through);
  return world.tables
    .all(kind.lines)
    .filter((line) => line.values.contractID === contract.id)
    .flatMap((line) =>
      periods.flatMap((period) => postPeriod(posting, { kind, contract, line, period })),
    );
}

/**
 * The first posting of a period makes an item for each piece of it. What changes in a posted period afterwards is taken into the
 * next posting, as one item with the difference.
 */
function postPeriod(
  { world, actor }: Posting,
  of: { kind: LineKind; contract: Row; line: Row; period: Period },
): Row[] {
  const { kind, line, period } = of;
  const key = { lines: kind.lines, lineId: line.id, start: period.start };
  const pieces = piecesOf(timelineOf(world, kind, line), period);
  const wanted = sum(pieces.map(({ amount }) => amount));
  const posted = world.posted.get(key);
  if (!posted && pieces.length === 0) return [];
  const difference = plus(wanted, negated(posted?.amount ?? NOTHING));
  if (posted && difference.units === 0n) return [];
  world.posted.set(key, { on: posted?.on ?? dateOf(world.nowMs()), amount: wanted });
  const items = posted ? [correction(pieces, { period, difference })] : pieces;
  return items.map((piece) => addItem(world, actor, serviceItem(world, { ...of, piece })));
}

function correction(
  pieces: readonly Piece[],
  { period, difference }: { period: Period; difference: Decimal },
): Piece {
  const latest = pieces
    .filter(({ step }) => step !== undefined)
    .toSorted((a, b) => (a.step?.id ?? 0) - (b.step?.id ?? 0))
    .at(-1);
  return {
    step: latest?.step,
    from: period.start,
    units: 1,
    price: difference,
    amount: difference,
    cost: NOTHING,
  };
}

function serviceItem(
  world: World,
  of: { kind: LineKind; contract: Row; line: Row; period: Period; piece: Piece },
): NewItem {
  const { kind, contract, line, period, piece } = of;
  const offer = world.tables.get(kind.offers, wholeOf(line, kind.offerField));
  const words =
    textOf(line, 'invoiceDescription') || (offer ? textOf(offer, 'invoiceDescription') : '');
  const isBundle = kind.lines !== 'ContractServices';
  return {
    contract,
    type: isBundle ? ITEM_TYPES.bundle : ITEM_TYPES.service,
    name: offer ? textOf(offer, 'name') : '',
    description: `${words} (${piece.from} - ${period.end})`,
    date: piece.from,
    quantity: String(piece.units),
    rate: decimalText(piece.price),
    amount: piece.amount,
    cost: piece.cost,
    billingCodeId: offer ? wholeOf(offer, 'billingCodeID') : undefined,
    more: {
      [kind.offerField]: offer?.id ?? null,
      [kind.lineField]: line.id,
      contractServicePeriodID: world.tables.keyed(kind.units, `${line.id} ${piece.from}`),
      contractServiceAdjustmentID: isBundle ? null : (piece.step?.id ?? null),
    },
  };
}

function postCharges({ world, actor, through }: Posting, contract: Row): Row[] {
  const charges = world.tables
    .all('ContractCharges')
    .filter((charge) => charge.values.contractID === contract.id)
    .filter((charge) => flagOf(charge, 'isBillableToCompany') && !flagOf(charge, 'isBilled'))
    .filter((charge) => (dateOfField(charge, 'datePurchased') ?? '') <= through);
  return charges.map((charge) => {
    charge.values.isBilled = true;
    return addItem(world, actor, chargeItem(contract, charge));
  });
}

function chargeItem(contract: Row, charge: Row): NewItem {
  return {
    contract,
    type: ITEM_TYPES.charge,
    name: textOf(charge, 'name'),
    description: textOf(charge, 'description') || textOf(charge, 'name'),
    date: dateOfField(charge, 'datePurchased') ?? '',
    quantity: amountText(charge, 'unitQuantity'),
    rate: amountText(charge, 'unitPrice'),
    // "Billing items are rounded to 2 decimal places when approved and posted" (help: Contracts & billing system settings).
    amount: rounded(billableOf(charge), 2),
    cost: rounded(chargeCostOf(charge), 2),
    billingCodeId: wholeOf(charge, 'billingCodeID'),
    more: {
      contractChargeID: charge.id,
      purchaseOrderNumber: charge.values.purchaseOrderNumber ?? null,
      contractServiceID: charge.values.contractServiceID ?? null,
    },
  };
}

/** The setup fee of a contract is billed once, on its first day (help: Contracts, setupFee). */
function postSetupFee({ world, actor, through }: Posting, contract: Row): Row[] {
  const fee = amountOf(contract, 'setupFee');
  const start = dateOfField(contract, 'startDate') ?? '';
  if (!fee || start > through || isFeePosted(world, contract)) return [];
  const amount = rounded(fee, 2);
  if (amount.units === 0n) return [];
  return [
    addItem(world, actor, {
      contract,
      type: ITEM_TYPES.setupFee,
      name: `Setup fee: ${textOf(contract, 'contractName')}`,
      description: `Setup fee: ${textOf(contract, 'contractName')}`,
      date: start,
      quantity: '1',
      rate: decimalText(amount),
      amount,
      cost: NOTHING,
      billingCodeId: wholeOf(contract, 'setupFeeBillingCodeID'),
      more: {},
    }),
  ];
}

const isFeePosted = ({ tables }: World, contract: Row): boolean =>
  tables
    .all('BillingItems')
    .some(
      ({ values }) =>
        values.contractID === contract.id && values.billingItemType === ITEM_TYPES.setupFee,
    );
