import { money, plural } from '../../i18n.ts';
import { Button } from '../../parts/button.tsx';
import { Money } from '../../parts/money.tsx';
import { Notice } from '../../parts/states.tsx';
import { go, href } from '../../router.ts';
import { startRun, writable } from '../../state/run.ts';
import { words } from '../../state/shell.ts';
import { settle } from '../../state/toasts.ts';
import type { Work } from '../../state/wizard.ts';
import { wizardTexts } from '../../texts/en-wizard.ts';
import { sayWith } from '../../texts/words.ts';

const texts = wizardTexts.confirm;

/** The last look: which documents, in which state, how much. Then, and only then, it is written. */
export function ConfirmStep({ id, of }: { id: string; of: Work }) {
  const open = writable(of.preview);
  const held = of.preview.plans.length - open.length;
  const write = async () => {
    const run = await settle(startRun(id, open), null, 'tasks', 'run');
    if (run) go(href(['c', id, 'runs', run.id]));
  };
  return (
    <>
      <h2>{texts.title}</h2>
      <p class="lead">{texts.lead}</p>
      {held > 0 && <Notice tone="asks">{plural(texts.blocked, held)}</Notice>}
      <ul class="list">
        {open.map((plan) => (
          <li key={plan.ref}>
            <span>
              <strong class="block">
                {plan.companyName ?? plan.customerName} ·{' '}
                {plan.target.number ?? sayWith(wizardTexts.document.new)}
              </strong>
              <span class="quiet">{sayWith(texts.postAs[plan.postAs])}</span>
            </span>
            <Money of={plan.added} />
          </li>
        ))}
      </ul>
      <div class="buttons">
        <Button
          kind="main"
          icon="check"
          needs="operator"
          disabled={open.length === 0}
          onClick={write}
        >
          {plural(texts.go, open.length, { document: words.value.document })}:{' '}
          {of.preview.totals.map(money).join(' + ')}
        </Button>
      </div>
    </>
  );
}
