import { useEffect } from 'preact/hooks';
import { plural, say } from '../../i18n.ts';
import { Button, LinkButton } from '../../parts/button.tsx';
import { Await, Empty, Notice } from '../../parts/states.tsx';
import { href, place } from '../../router.ts';
import { beIn, others } from '../../state/care.ts';
import { useResource } from '../../state/resource.ts';
import { connection, may } from '../../state/shell.ts';
import { chosenStep, edited, type StepName, stepsOf, type Work, work } from '../../state/wizard.ts';
import { en } from '../../texts/en.ts';
import { careTexts } from '../../texts/en-care.ts';
import { wizardTexts as texts } from '../../texts/en-wizard.ts';
import { ConfirmStep } from './confirm-step.tsx';
import { CustomerStep } from './customer-step.tsx';
import { DocumentStep } from './document-step.tsx';
import { EditDialog } from './edit-dialog.tsx';
import { LinesStep } from './lines-step.tsx';
import { ProductStep } from './product-step.tsx';
import { QuestionStep } from './question-step.tsx';

/** The server forgets who has said nothing for a minute. */
const presentEveryMs = 20_000;

/** Customer > products > questions > document > lines > confirm; answered steps are skipped. */
export function WizardPage() {
  const id = connection.value?.id ?? '';
  const { tasks = '' } = place.value.query;
  const from = useResource(work, id, tasks);
  useEffect(() => {
    chosenStep.value = null;
    edited.value = null;
  }, [tasks]);
  useEffect(() => {
    const ids = tasks.split(',').filter(Boolean);
    if (ids.length === 0 || id === '' || !may('operator')) return;
    void beIn(id, ids);
    const again = setInterval(() => void beIn(id, ids), presentEveryMs);
    return () => clearInterval(again);
  }, [id, tasks]);
  return (
    <>
      <h1>{texts.title}</h1>
      {others.value.length > 0 && (
        <Notice tone="asks">
          {say(others.value.length === 1 ? careTexts.alsoHere : careTexts.alsoHereMany, {
            names: others.value.join(', '),
          })}
        </Notice>
      )}
      <Await from={from} again={work.reload}>
        {(of) =>
          of.tasks.length === 0 ? (
            <section class="card">
              <Empty title={texts.gone} help={texts.goneHelp}>
                <LinkButton to={href(['c', id, 'tasks'])}>{texts.toList}</LinkButton>
              </Empty>
            </section>
          ) : (
            <Steps id={id} of={of} />
          )
        }
      </Await>
    </>
  );
}

function Steps({ id, of }: { id: string; of: Work }) {
  const steps = stepsOf(of);
  const wanted = chosenStep.value;
  const current = wanted && steps.includes(wanted) ? wanted : (steps[0] ?? 'confirm');
  const at = steps.indexOf(current);
  const asksFirst = current === 'customer' || current === 'product';
  const go = (to: StepName | undefined) => {
    chosenStep.value = to ?? null;
  };
  return (
    <>
      <p class="quiet">
        {plural(texts.orders, of.tasks.length)}:{' '}
        {of.tasks
          .slice(0, 3)
          .map(({ orderNumber, customerName }) => `${orderNumber} ${customerName}`)
          .join(', ')}
        {of.tasks.length > 3 && ' …'}
      </p>
      <ol class="steps" aria-label={texts.title}>
        {steps.map((name, index) => (
          <li key={name}>
            <button
              type="button"
              aria-current={name === current ? 'step' : undefined}
              class={index < at ? 'done' : ''}
              onClick={() => go(name)}
            >
              <span aria-hidden="true">{index + 1}</span>
              {texts.steps[name]}
            </button>
          </li>
        ))}
      </ol>
      {!steps.includes('customer') && !steps.includes('product') && at === 0 && (
        <p class="quiet small">{texts.skipped}</p>
      )}
      {of.preview.alsoTaken.map(({ orderNumber, because }) => (
        <Notice key={orderNumber}>
          {say(texts.confirm.also, { number: orderNumber, because })}
        </Notice>
      ))}
      <section class="card" aria-live="polite">
        <Current step={current} id={id} of={of} />
        <div class="buttons between">
          {at > 0 ? <Button onClick={() => go(steps[at - 1])}>{en.common.back}</Button> : <span />}
          {at < steps.length - 1 && (
            <Button
              kind={asksFirst || current === 'questions' ? 'plain' : 'main'}
              onClick={() => go(steps[at + 1])}
            >
              {en.common.next}
            </Button>
          )}
        </div>
      </section>
      {edited.value && (
        <EditDialog key={edited.value.chargeKey} id={id} line={edited.value} of={of} />
      )}
    </>
  );
}

function Current({ step, id, of }: { step: StepName; id: string; of: Work }) {
  switch (step) {
    case 'customer':
      return <CustomerStep id={id} of={of} />;
    case 'product':
      return <ProductStep id={id} of={of} />;
    case 'questions':
      return <QuestionStep id={id} of={of} />;
    case 'document':
      return <DocumentStep id={id} of={of} />;
    case 'lines':
      return <LinesStep of={of} />;
    case 'confirm':
      return <ConfirmStep id={id} of={of} />;
    default:
      return step satisfies never;
  }
}
