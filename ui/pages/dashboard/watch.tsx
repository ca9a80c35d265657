import type { ComponentChildren } from 'preact';
import type { View } from '../../api.ts';
import { money, plural } from '../../i18n.ts';
import { Moneys } from '../../parts/money.tsx';
import { href } from '../../router.ts';
import { en } from '../../texts/en.ts';
import { sayWith } from '../../texts/words.ts';

/** Things that cost nothing today and would cost something later. */
export function Watch({ view }: { view: View.DashboardView }) {
  const { connection, openings, unmapped, manualCustomers, keptRecords, warnings } = view;
  const id = connection.id;
  const mappings = (tab: string, query = {}) => href(['c', id, 'mappings', tab], query);
  const quiet =
    openings.total + unmapped.customers + unmapped.products + manualCustomers.count + keptRecords;
  if (quiet === 0 && warnings.length === 0) return null;
  return (
    <section class="card" aria-labelledby="watch">
      <h2 id="watch">{en.dashboard.watch}</h2>
      <ul class="list links">
        {warnings.map(({ code, facts }) => (
          <li key={`${code} ${facts.customer}`} class="warns">
            <span>{sayWith(warningText(code), { ...shown(facts), code })}</span>
          </li>
        ))}
        {openings.total > 0 && (
          <Line to={href(['c', id, 'openings'])}>
            {plural(en.dashboard.openings, openings.total)}
          </Line>
        )}
        {unmapped.customers > 0 && (
          <Line to={mappings('customers', { only: 'unmapped' })} money={unmapped.money}>
            {plural(en.dashboard.unmappedCustomers, unmapped.customers)}
          </Line>
        )}
        {unmapped.products > 0 && (
          <Line to={mappings('products', { only: 'unmapped' })}>
            {plural(en.dashboard.unmappedProducts, unmapped.products)}
          </Line>
        )}
        {manualCustomers.count > 0 && (
          <Line to={mappings('customers')} money={manualCustomers.money}>
            {plural(en.dashboard.manual, manualCustomers.count)}
          </Line>
        )}
        {keptRecords > 0 && (
          <Line to={href(['kept'])}>{plural(en.dashboard.kept, keptRecords)}</Line>
        )}
      </ul>
    </section>
  );
}

const shown = ({ amount = '', currency = '', every = '', ...facts }: Record<string, string>) => ({
  ...facts,
  amount: money({ amount, currency }),
  every: every.replace(/^1 /, ''),
});

const texts: Readonly<Record<string, string | undefined>> = en.warnings;
export const warningText = (code: string): string => texts[code] ?? en.warnings.other;

const Line = ({
  to,
  money = [],
  children,
}: {
  to: string;
  money?: readonly View.MoneyView[];
  children: ComponentChildren;
}) => (
  <li>
    <a href={to}>{children}</a>
    <Moneys of={money} />
  </li>
);
