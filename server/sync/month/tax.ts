import { type Money, opposite, sum, zero } from '../../domain/money.ts';
import type { PlanWorld } from '../plan/world.ts';
import type { Difference, TaxDifferenceName } from './differences.ts';
import { type Billed, owed, type StandingLine } from './lines.ts';
import type { Paper } from './statement.ts';

/** From the tax that the marketplace told to the tax on the month's documents: told + differences = theirs. */
export interface TaxProof {
  told: Money[];
  differences: Difference[];
}

/** Of documents with a tax of their own; what stays open is taxed when its system invoices it. */
export function taxProof(world: PlanWorld, { lines }: Billed, papers: readonly Paper[]): TaxProof {
  const byDocument = Map.groupBy(lines, ({ snapshot }) => snapshot.document.id);
  const proofs = papers.flatMap((paper) => {
    const own = byDocument.get(paper.snapshot.document.id) ?? [];
    return [...own.map((at) => ofLine(world, at)), headOf(paper, own)];
  });
  return {
    told: proofs.flatMap(({ told }) => told),
    differences: proofs.flatMap(({ differences }) => differences),
  };
}

function ofLine(world: PlanWorld, at: StandingLine): TaxProof {
  const { snapshot, line, link } = at;
  const { kind, currency } = snapshot.document;
  const none = zero(currency);
  if (line.tax === null) return { told: [], differences: [] };
  const stands = owed(kind, line.tax);
  const charge =
    link === null
      ? undefined
      : world.order(link.orderId)?.charges.find(({ key }) => key === link.chargeKey);
  const tax = charge?.tax ?? null;
  if (link === null || charge === undefined || tax === null || tax.currency !== currency)
    return { told: [], differences: named(at, 'tax-untold', none, stands) };
  const told = link.sign === -1 ? opposite(tax) : tax;
  const written = link.tax === undefined ? stands : owed(kind, link.tax);
  const isSame = magnitude(link.amount) === magnitude(charge.amount);
  const name = isCoin(told, written) ? 'tax-rounding' : isSame ? 'tax-rate' : 'tax-amount';
  return {
    told: [told],
    differences: [...named(at, name, told, written), ...named(at, 'tax-edit', written, stands)],
  };
}

/** What a document's own tax has more or less than its lines'. */
function headOf({ snapshot, tax }: Paper, own: readonly StandingLine[]): TaxProof {
  const { kind, currency, id } = snapshot.document;
  const lines = sum(
    currency,
    own.flatMap(({ line }) => line.tax ?? []),
  );
  const amount = { currency, amountMinor: tax.amountMinor - lines.amountMinor };
  const isRounding = magnitude(amount) <= BigInt(own.length);
  const at = { chargeKey: null, orderId: null, customerId: null, documentId: id, text: '' };
  const name = isRounding ? 'tax-rounding' : 'tax-untold';
  return {
    told: [],
    differences:
      amount.amountMinor === 0n
        ? []
        : [{ ...at, name, reason: 'document', amount: owed(kind, amount) }],
  };
}

const magnitude = ({ amountMinor }: Money): bigint =>
  amountMinor < 0n ? -amountMinor : amountMinor;
const isCoin = (from: Money, to: Money): boolean =>
  magnitude({ ...to, amountMinor: to.amountMinor - from.amountMinor }) <= 1n;

const named = (
  { snapshot, line, link }: StandingLine,
  name: TaxDifferenceName,
  from: Money,
  to: Money,
): Difference[] =>
  from.amountMinor === to.amountMinor
    ? []
    : [
        {
          name,
          amount: { ...to, amountMinor: to.amountMinor - from.amountMinor },
          reason: null,
          chargeKey: link?.chargeKey ?? null,
          orderId: link?.orderId ?? null,
          customerId: link?.customerId ?? null,
          documentId: snapshot.document.id,
          text: line.description,
        },
      ];
