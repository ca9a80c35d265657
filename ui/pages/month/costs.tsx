import type { View } from '../../api.ts';
import { money, plural, say } from '../../i18n.ts';
import { Money } from '../../parts/money.tsx';
import { Table } from '../../parts/table.tsx';
import { monthTexts as texts } from '../../texts/en-month.ts';
import { costWords, hasCosts, isNothing } from './parts.ts';

type Row = View.MonthView['costs'][number];

/** What the marketplace charges the reseller against what was billed, where the least is left first. */
export const Costs = ({ of }: { of: View.MonthView }) => {
  const known = of.figures.filter(hasCosts);
  if (known.length === 0) return null;
  return (
    <section class="card" aria-labelledby="costs">
      <h2 id="costs">{texts.costs}</h2>
      <p class="quiet">{texts.costsLead}</p>
      {known.map((figures) => (
        <p key={figures.currency}>{costWords(figures).join(' ')}</p>
      ))}
      <Table
        caption={texts.costs}
        rows={of.costs}
        rowId={({ customerId, cost }) => `${customerId} ${cost.currency}`}
        rowName={({ customerName }) => customerName}
        columns={[
          { id: 'customer', head: texts.customer, kind: 'main', cell: (row) => <Who of={row} /> },
          { id: 'cost', head: texts.cost, kind: 'end', cell: ({ cost }) => <Money of={cost} /> },
          {
            id: 'billed',
            head: texts.billed,
            kind: 'end',
            cell: ({ billed }) => <Money of={billed} />,
          },
          { id: 'left', head: texts.left, kind: 'end', cell: ({ left }) => <Money of={left} /> },
        ]}
      />
      {of.costsTotal > of.costs.length && (
        <p class="quiet">{say(texts.moreCosts, { count: String(of.costs.length) })}</p>
      )}
    </section>
  );
};

const Who = ({ of }: { of: Row }) => (
  <>
    <strong class="block">{of.customerName}</strong>
    {!isNothing(of.unbilled.amount) && (
      <span class="asks block">{say(texts.notBilled, { amount: money(of.unbilled) })}</span>
    )}
    {of.unknown > 0 && <span class="quiet block">{plural(texts.costUnknown, of.unknown)}</span>}
  </>
);
