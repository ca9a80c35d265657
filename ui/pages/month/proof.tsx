import type { View } from '../../api.ts';
import { money, number } from '../../i18n.ts';
import { Notice } from '../../parts/states.tsx';
import { Table } from '../../parts/table.tsx';
import { href } from '../../router.ts';
import { monthTexts as texts } from '../../texts/en-month.ts';
import { sayWith } from '../../texts/words.ts';
import { isNothing, type Part, partsOf } from './parts.ts';

/** From charges to documents in one currency; a difference leads to what it is made of. */
export function Proof({ id, month, of }: { id: string; month: string; of: View.MonthFiguresView }) {
  const { currency } = of;
  const title = sayWith(texts.proof, { currency });
  return (
    <section class="card" aria-label={title}>
      <h2>{title}</h2>
      <Table
        caption={title}
        rows={partsOf(of)}
        rowId={(row) => row.id}
        rowName={(row) => row.text}
        columns={[
          {
            id: 'part',
            head: texts.part,
            kind: 'main',
            cell: (row) => <Name of={row} to={differences(id, month, row)} />,
          },
          {
            id: 'count',
            head: texts.count,
            kind: 'end',
            cell: ({ count }) => count !== null && <span class="quiet">{number(count)}</span>,
          },
          {
            id: 'amount',
            head: texts.amount,
            kind: 'end',
            cell: ({ amount, isSum }) =>
              isSum ? <strong>{money({ amount, currency })}</strong> : money({ amount, currency }),
          },
        ]}
      />
      {!isNothing(of.unexplained) && <Notice tone="bad">{sayWith(texts.unexplainedHelp)}</Notice>}
      <p class="quiet">{sayWith(texts.basis)}</p>
    </section>
  );
}

const differences = (id: string, month: string, { name }: Part): string | null =>
  name === null ? null : href(['c', id, 'month'], { month, show: name });

const Name = ({ of, to }: { of: Part; to: string | null }) =>
  to === null ? (
    of.isSum ? (
      <strong>{of.text}</strong>
    ) : (
      <span>{of.text}</span>
    )
  ) : (
    <a href={to}>{of.text}</a>
  );
