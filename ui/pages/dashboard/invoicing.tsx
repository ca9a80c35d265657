import type { View } from '../../api.ts';
import { plural, say } from '../../i18n.ts';
import { LinkButton } from '../../parts/button.tsx';
import { Moneys } from '../../parts/money.tsx';
import { Notice } from '../../parts/states.tsx';
import { href } from '../../router.ts';
import { exportTexts as texts } from '../../texts/en-invoices.ts';
import { Fact } from './connection-card.tsx';

/** What became of the lines: what is open, and what hides for want of a right. */
export function Invoicing({
  connection,
  of,
}: {
  connection: View.ConnectionView;
  of: NonNullable<View.DashboardView['invoicing']>;
}) {
  const to = (query: Record<string, string> = {}) => href(['c', connection.id, 'invoices'], query);
  return (
    <section class="card" aria-labelledby="invoicing">
      <h2 id="invoicing">{texts.invoices}</h2>
      {connection.lacks.map(({ feature, scope, why, where }) => (
        <Notice key={feature} tone="asks">
          <p>
            <strong>{say(texts.lacks, { scope, why })}</strong> {say(texts.lacksWhere, { where })}
          </p>
        </Notice>
      ))}
      <dl class="facts">
        <Fact name={texts.open}>
          <span>
            <Moneys of={of.open} />{' '}
            <a href={to({ show: 'open' })}>{plural(texts.openCount, of.openCount)}</a>
          </span>
        </Fact>
        {of.overdueCount > 0 && (
          <Fact name={texts.overdue}>
            <span>
              <Moneys of={of.overdue} />{' '}
              <a href={to({ show: 'overdue' })}>{plural(texts.openCount, of.overdueCount)}</a>
            </span>
          </Fact>
        )}
      </dl>
      {of.quotes !== null && of.quotes > 0 && <p>{plural(texts.quotes, of.quotes)}</p>}
      <LinkButton small kind="quiet" to={to()}>
        {texts.seeAll}
      </LinkButton>
    </section>
  );
}
