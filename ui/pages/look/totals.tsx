import type { View } from '../../api.ts';
import { plural } from '../../i18n.ts';
import { Button } from '../../parts/button.tsx';
import { Moneys } from '../../parts/money.tsx';
import { linkExact } from '../../state/look.ts';
import { settle } from '../../state/toasts.ts';
import { lookTexts as texts } from '../../texts/en-look.ts';

const reasons = ['unmatched', 'unread', 'elsewhere', 'ours', 'usage'] as const;

/** What it comes to a month, what can be linked at once, and what was not compared. */
export function Totals({ id, of }: { id: string; of: View.LookView }) {
  const left = reasons.filter((reason) => of.notCompared[reason] > 0);
  return (
    <section class="card">
      <dl class="facts">
        <Total name={texts.missing} of={of.missing} />
        <Total name={texts.tooMuch} of={of.tooMuch} />
      </dl>
      {of.linkable > 0 && (
        <div class="buttons">
          <span>{plural(texts.exact, of.linkable)}</span>
          <Button
            needs="operator"
            kind="main"
            onClick={() =>
              settle(
                linkExact(id),
                ({ changed }) => plural(texts.linkedExact, changed),
                'tasks',
                'connection',
              )
            }
          >
            {texts.linkExact}
          </Button>
        </div>
      )}
      {left.length > 0 && (
        <details>
          <summary>{texts.notComparedTitle}</summary>
          <ul class="list">
            {left.map((reason) => (
              <li key={reason}>{plural(texts.notCompared[reason], of.notCompared[reason])}</li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

const Total = ({ name, of }: { name: string; of: readonly View.MoneyView[] }) => (
  <div>
    <dt>{name}</dt>
    <dd>{of.length === 0 ? texts.nothing : <Moneys of={of} />}</dd>
  </div>
);
