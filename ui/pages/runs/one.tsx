import { useEffect } from 'preact/hooks';
import type { View } from '../../api.ts';
import { every } from '../../clock.ts';
import { instant, say } from '../../i18n.ts';
import { Badge, type BadgeTone } from '../../parts/badge.tsx';
import { Button, LinkButton, OutLink } from '../../parts/button.tsx';
import { Moneys } from '../../parts/money.tsx';
import { Await, Notice } from '../../parts/states.tsx';
import { UndoDialog } from '../../parts/undo-dialog.tsx';
import { href } from '../../router.ts';
import { useResource } from '../../state/resource.ts';
import { run } from '../../state/run.ts';
import { system, words } from '../../state/shell.ts';
import { lookAtUndo } from '../../state/undo.ts';
import { pagesTexts } from '../../texts/en-pages.ts';
import { peopleTexts } from '../../texts/en-people.ts';
import { sayWith } from '../../texts/words.ts';
import { AwaitsAnswer } from './awaits.tsx';
import { resultOf } from './list.tsx';

const texts = pagesTexts.runs;
const pollMs = 1_000;
const tones: Record<View.RunView['parts'][number]['state'], BadgeTone> = {
  waiting: 'neutral',
  writing: 'accent',
  written: 'good',
  stale: 'asks',
  blocked: 'asks',
  rejected: 'bad',
  unknown: 'waits',
  delayed: 'waits',
};

/** Progress while it runs, the result with links when it is done, and Undo. */
export function OneRun({ id, runId }: { id: string; runId: string }) {
  const from = useResource(run, id, runId);
  const ended = Boolean(from.value?.endedAt);
  useEffect(() => (ended ? undefined : every(pollMs, () => void run.reload())), [ended]);
  return (
    <Await from={from} again={run.reload}>
      {(view) => (
        <>
          <Result id={id} of={view} />
          <UndoDialog />
        </>
      )}
    </Await>
  );
}

function Result({ id, of }: { id: string; of: View.RunView }) {
  const document = words.value.document;
  const stale = of.parts.some(({ state }) => state === 'stale');
  return (
    <>
      <div class="head">
        <h1>
          {of.endedAt || of.awaits
            ? of.awaits
              ? peopleTexts.waits
              : resultOf(of)
            : say(texts.progress, { done: String(of.done), total: String(of.total) })}
        </h1>
        <span class="buttons">
          {of.canUndo && of.endedAt && (
            <Button
              needs="operator"
              onClick={() => lookAtUndo(id, texts.this, { kind: 'run', runId: of.id })}
            >
              {texts.undo}
            </Button>
          )}
          <LinkButton kind="quiet" to={href(['c', id, 'runs'])}>
            {texts.all}
          </LinkButton>
        </span>
      </div>
      <p class="quiet">
        {texts.kinds[of.kind]} · {say(texts.by, { name: of.by, time: instant(of.startedAt) })}
      </p>
      <AwaitsAnswer id={id} of={of} />
      {of.second && (
        <p class="quiet">
          {say(peopleTexts.second[of.second.answer], {
            name: of.second.by,
            time: instant(of.second.at),
          })}
        </p>
      )}
      {!of.endedAt && !of.awaits && (
        <div aria-live="polite">
          <progress aria-label={texts.running} value={of.done} max={of.total} />
          <p class="quiet">{texts.leave}</p>
        </div>
      )}
      {stale && (
        <Notice
          tone="asks"
          action={<LinkButton to={href(['c', id, 'sync-all'])}>{texts.again}</LinkButton>}
        >
          {texts.staleHelp}
        </Notice>
      )}
      <MadeThere id={id} of={of} />
      <section class="card">
        <ul class="list">
          {of.parts.map((part) => (
            <li key={part.ref}>
              <span>
                <strong class="block">{part.customerName}</strong>
                {part.failure && (
                  <span class="block">
                    {part.failure.message} {part.failure.next}
                    {part.failure.said && <q class="said block">{part.failure.said}</q>}
                  </span>
                )}
                {part.documentUrl ? (
                  <OutLink to={part.documentUrl} name={part.documentNumber ?? document} />
                ) : (
                  part.documentNumber
                )}
              </span>
              <Moneys of={part.amount ? [part.amount] : []} />
              <Badge tone={tones[part.state]}>
                {of.kind === 'undo' && part.state === 'written'
                  ? texts.partTakenBack
                  : sayWith(texts.parts[part.state])}
              </Badge>
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}

/** What was written is no invoice yet where the system makes them itself. */
function MadeThere({ id, of }: { id: string; of: View.RunView }) {
  const where = system.value?.madeIn ?? null;
  const isWritten = of.kind !== 'undo' && of.parts.some(({ state }) => state === 'written');
  return where === null || !isWritten ? null : (
    <p class="quiet">
      {sayWith(texts.madeThere, { where })}{' '}
      <a href={href(['c', id, 'invoices'])}>{texts.invoices}</a>
    </p>
  );
}
