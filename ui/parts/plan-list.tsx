import type { View } from '../api.ts';
import { plural } from '../i18n.ts';
import { href } from '../router.ts';
import { pagesTexts } from '../texts/en-pages.ts';
import { sayWith } from '../texts/words.ts';
import { LinkButton } from './button.tsx';
import { Moneys } from './money.tsx';
import { PlanTable } from './plan-table.tsx';

const texts = pagesTexts.syncAll;

/** Documents of a preview under a heading, each with its lines to open. */
export function PlanList({
  id,
  title,
  help,
  plans,
  connectionId,
}: {
  id: string;
  title: string;
  help?: string;
  plans: readonly View.PlanView[];
  connectionId?: string;
}) {
  return (
    <section class="card" aria-labelledby={id}>
      <div class="head">
        <h2 id={id}>{title}</h2>
        {help && <p class="quiet">{help}</p>}
      </div>
      {plans.map((plan) => (
        <details key={plan.ref} class="plan">
          <summary>
            <span>
              <strong>{plan.customerName}</strong>{' '}
              <span class="quiet">
                {plan.target.number ?? sayWith(texts.new)} ·{' '}
                {plural(texts.lines, plan.lines.length)}
              </span>
              {plan.unusual.map(({ code, facts }) => (
                <span key={code} class="block asks">
                  {sayWith(unusualText(code), { ...facts, code })}
                </span>
              ))}
            </span>
            <Moneys of={[plan.added]} />
          </summary>
          <PlanTable plan={plan} />
          {connectionId && (
            <LinkButton
              small
              to={href(['c', connectionId, 'wizard'], { tasks: plan.taskIds.join(',') })}
            >
              {texts.answer}
            </LinkButton>
          )}
        </details>
      ))}
    </section>
  );
}

const known: Readonly<Record<string, string | undefined>> = texts.unusualTexts;
const unusualText = (code: string): string => known[code] ?? texts.unusualTexts.other;
