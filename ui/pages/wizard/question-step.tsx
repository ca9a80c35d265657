import type { NeedCode } from '../../api.ts';
import { Badge } from '../../parts/badge.tsx';
import { Button } from '../../parts/button.tsx';
import { answersOf } from '../../state/answers.ts';
import { type Asked, questionsOf, type Work } from '../../state/wizard.ts';
import { en } from '../../texts/en.ts';
import { needTexts } from '../../texts/en-needs.ts';
import { wizardTexts } from '../../texts/en-wizard.ts';
import { nameOfNeed, sayWith } from '../../texts/words.ts';
import { answer } from './answer.ts';

const texts = wizardTexts.questions;

/** Everything else that has to be answered before it can be written. */
export const QuestionStep = ({ id, of }: { id: string; of: Work }) => (
  <>
    <h2>{texts.title}</h2>
    <p class="lead">{texts.lead}</p>
    {questionsOf(of).map((asked) => (
      <One key={`${asked.need.code} ${asked.need.subject}`} id={id} asked={asked} of={of} />
    ))}
  </>
);

const One = ({ id, asked, of }: { id: string; asked: Asked; of: Work }) => {
  const { need, task } = asked;
  const charge = task.groups
    .flatMap(({ charges }) => charges)
    .find(({ key }) => key === need.subject);
  const name = charge?.description ?? nameOfNeed(need);
  const answers = answersOf(asked, of);
  return (
    <div class="block-of">
      <h3>
        {name ?? task.customerName} {need.guard && <Badge tone="bad">{en.stopped}</Badge>}
      </h3>
      <p>{sayWith(needTexts[need.code].ask, { ...need.facts, subject: name ?? texts.this })}</p>
      <FactList of={need.facts} />
      <div class="buttons">
        {answers.map((one, index) => (
          <Button
            key={one.label}
            kind={index === 0 && mainAllowed(need.code) ? 'main' : 'plain'}
            needs="operator"
            onClick={() => answer({ id, asked, answer: one })}
          >
            {sayWith(one.label)}
          </Button>
        ))}
      </div>
    </div>
  );
};

/** Where the first answer could do harm, none of them is offered as the obvious one. */
const careful = new Set<NeedCode>([
  'outcome-unclear',
  'total-differs',
  'below-cost',
  'straddle',
  'subscription-of-charge',
  'missing-charge',
  'price-changed',
  'month-off',
  'below-margin',
  'late-charge',
]);
const mainAllowed = (code: NeedCode) => !careful.has(code);

const names: Readonly<Record<string, string | undefined>> = texts.facts;

/** The numbers a person needs to decide; what has no name here is for the server. */
const FactList = ({ of }: { of: Readonly<Record<string, string>> }) => {
  const shown = Object.entries(of).flatMap(([name, value]) => {
    const label = names[name];
    return label ? [[label, value] as const] : [];
  });
  return shown.length === 0 ? null : (
    <dl class="facts boxed">
      {shown.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
};
