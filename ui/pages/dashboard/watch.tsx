import type { ComponentChildren } from 'preact';
import type { View } from '../../api.ts';
import { money, plural } from '../../i18n.ts';
import { Moneys } from '../../parts/money.tsx';
import { href } from '../../router.ts';
import { dashboard } from '../../state/connection.ts';
import { staysOpen } from '../../state/shell.ts';
import { watchTexts as texts } from '../../texts/en-watch.ts';
import { sayWith } from '../../texts/words.ts';

/** Things that cost nothing today and would cost something later. */
export function Watch() {
  const view = dashboard.state.value.value;
  if (!view) return null;
  const { connection, openings, unmapped, manualCustomers, keptRecords, warnings } = view;
  const id = connection.id;
  const mappings = (tab: string, query = {}) => href(['c', id, 'mappings', tab], query);
  return (
    <section class="card" aria-labelledby="watch">
      <h2 id="watch">{texts.title}</h2>
      <ul class="list links">
        {warnings.map(({ code, facts }) => (
          <li key={`${code} ${facts.customer}`} class="warns">
            {code === 'drift' ? (
              <a href={href(['c', id, 'changed'])}>{sayWith(warningText(code), facts)}</a>
            ) : (
              <span>{sayWith(warningText(code), { ...shown(facts), code })}</span>
            )}
          </li>
        ))}
        <Line to={href(['c', id, 'look'])}>
          {staysOpen.value ? sayWith(texts.lookOpen) : texts.look}
        </Line>
        {!staysOpen.value && <Line to={href(['c', id, 'shadow'])}>{texts.shadow}</Line>}
        <Line to={href(['c', id, 'leaving'])}>{texts.leaving}</Line>
        {openings.total > 0 && (
          <Line to={href(['c', id, 'openings'])}>{plural(texts.openings, openings.total)}</Line>
        )}
        {unmapped.customers > 0 && (
          <Line to={mappings('customers', { only: 'unmapped' })} money={unmapped.money}>
            {plural(texts.unmappedCustomers, unmapped.customers)}
          </Line>
        )}
        {unmapped.products > 0 && (
          <Line to={mappings('products', { only: 'unmapped' })}>
            {plural(texts.unmappedProducts, unmapped.products)}
          </Line>
        )}
        {manualCustomers.count > 0 && (
          <Line to={mappings('customers')} money={manualCustomers.money}>
            {plural(texts.manual, manualCustomers.count)}
          </Line>
        )}
        {keptRecords > 0 && <Line to={href(['kept'])}>{plural(texts.kept, keptRecords)}</Line>}
      </ul>
    </section>
  );
}

const shown = ({ amount = '', currency = '', every = '', ...facts }: Record<string, string>) => ({
  ...facts,
  amount: money({ amount, currency }),
  every: every.replace(/^1 /, ''),
});

const warnings: Readonly<Record<string, string | undefined>> = texts.warnings;
const warningText = (code: string): string => warnings[code] ?? texts.warnings.other;

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
