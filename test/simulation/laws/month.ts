import { connectors } from '../../../server/connectors/index.ts';
import { amountText } from '../../../server/domain/money.ts';
import { type Month, monthOf } from '../../../server/domain/month.ts';
import type { Reader } from '../../../server/domain/ports/store.ts';
import { connectionOf } from '../../../server/sync/connection-of.ts';
import { type Statement, statementOf } from '../../../server/sync/month/statement.ts';
import { worldOf } from '../../../server/sync/plan/world.ts';
import { createChance } from '../chance.ts';
import type { Evidence, Law } from './law.ts';

/** Whatever people did to the books: the way from a month's charges to its documents has a name for every cent. */
export const monthLaws: readonly Law[] = [
  {
    name: 'every-cent-named',
    broken: (evidence) => statementsOf(evidence).flatMap(unnamed),
  },
];

function statementsOf({ reader, tenantId, business, nowMs }: Evidence): Statement[] {
  const connection = connectionOf(reader, business.connectionId);
  const connector = connectors[connection.systemId]?.({});
  if (connector === undefined) throw new Error(`no such system: ${connection.systemId}`);
  const { manifest } = connector;
  const { crypto } = createChance(0);
  const world = worldOf({ reader, tenantId, connection, manifest, crypto, nowMs });
  return monthsIn(reader).map((month) => statementOf(reader, world, month));
}

const monthsIn = (reader: Reader): Month[] => [
  ...new Set([
    ...reader.list('order').map(({ placedOn }) => monthOf(placedOn)),
    ...reader
      .list('snapshot')
      .flatMap(({ document: { date } }) => (date === null ? [] : [monthOf(date)])),
  ]),
];

const unnamed = ({ month, figures }: Statement): string[] =>
  figures.flatMap(({ currency, unexplained, taxTold, taxDifferences, tax }) => {
    const named = taxDifferences.reduce((sum, { amount }) => sum + amount.amountMinor, 0n);
    return [
      ...(unexplained.amountMinor === 0n
        ? []
        : [`${month}: ${amountText(unexplained)} ${currency} without a name`]),
      ...(taxTold.amountMinor + named === tax.amountMinor
        ? []
        : [`${month}: tax in ${currency} without a name`]),
    ];
  });
