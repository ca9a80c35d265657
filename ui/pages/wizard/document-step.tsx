import type { View } from '../../api.ts';
import { day, money } from '../../i18n.ts';
import { Badge } from '../../parts/badge.tsx';
import { may } from '../../state/shell.ts';
import { settle } from '../../state/toasts.ts';
import { decide, type Work } from '../../state/wizard.ts';
import { wizardTexts } from '../../texts/en-wizard.ts';
import { sayWith } from '../../texts/words.ts';

const texts = wizardTexts.document;

/** One that fits is preselected; another or a new one can be chosen, for whole orders. */
export const DocumentStep = ({ id, of }: { id: string; of: Work }) => (
  <>
    <h2>{sayWith(texts.title)}</h2>
    <p class="lead">{sayWith(texts.lead)}</p>
    {of.preview.plans.map((plan) => (
      <Choices key={plan.ref} id={id} plan={plan} />
    ))}
  </>
);

function Choices({ id, plan }: { id: string; plan: View.PlanView }) {
  const orders = [...new Set(plan.lines.map(({ orderId }) => orderId))];
  const choose = async (documentId: string | null) => {
    for (const orderId of orders) {
      const done = await settle(
        decide(id, { kind: 'order', orderId }, { kind: 'document', documentId }),
        null,
      );
      if (!done) return;
    }
    await settle(
      Promise.resolve({ ok: true, value: null } as const),
      wizardTexts.edit.saved,
      'tasks',
    );
  };
  const isNew = plan.target.kind === 'new';
  return (
    <fieldset class="options">
      <legend>
        {plan.customerName} · {plan.added.currency}{' '}
        {plan.documentKind === 'creditNote' && <Badge tone="asks">{texts.creditNote}</Badge>}
      </legend>
      {plan.choices.map((choice) => {
        const here = plan.target.documentId === choice.id;
        return (
          <label key={choice.id} class="option">
            <input
              type="radio"
              name={plan.ref}
              checked={here}
              disabled={!may('operator')}
              onChange={() => void choose(choice.id)}
            />
            <span class="grow">
              <strong>{choice.number ?? sayWith(texts.unnumbered)}</strong>{' '}
              {here && <Badge tone="accent">{texts.fits}</Badge>}
              <span class="block quiet">
                {choice.date && day(choice.date)} · {texts.states[choice.state]}
              </span>
            </span>
            <span class="money">{money(choice.total)}</span>
          </label>
        );
      })}
      <label class="option">
        <input
          type="radio"
          name={plan.ref}
          checked={isNew}
          disabled={!may('operator')}
          onChange={() => void choose(null)}
        />
        <span class="grow">
          <strong>{sayWith(texts.new)}</strong> {isNew && <Badge tone="accent">{texts.fits}</Badge>}
          {isNew && plan.target.date && (
            <span class="block quiet">
              {day(plan.target.date)} · {plan.target.reference}
            </span>
          )}
        </span>
      </label>
    </fieldset>
  );
}
