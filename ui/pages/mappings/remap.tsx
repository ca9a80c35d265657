import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Result, View } from '../../api.ts';
import { now } from '../../clock.ts';
import { day, money, say } from '../../i18n.ts';
import { Button } from '../../parts/button.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { TextField } from '../../parts/field.tsx';
import { PlanList } from '../../parts/plan-list.tsx';
import { Kept, TakenBack } from '../../parts/undo-dialog.tsx';
import { go, href } from '../../router.ts';
import { type Correction, correct, lookAtCorrection } from '../../state/correction.ts';
import { history, type Kind } from '../../state/mappings.ts';
import { connection } from '../../state/shell.ts';
import { notifyError, settle } from '../../state/toasts.ts';
import { en } from '../../texts/en.ts';
import { mappingTexts } from '../../texts/en-mappings.ts';
import { wizardTexts } from '../../texts/en-wizard.ts';
import { sayWith } from '../../texts/words.ts';

const texts = mappingTexts.remap;

/** What a person chose for something that was mapped to something else. */
export interface Remapping {
  /** What it would have done to the last months, in sentences. */
  foreseen: readonly string[];
  /** Maps it from a day on; what was written stays. */
  fromNowOn(from: string): Promise<Result<unknown>>;
  since(day: string): Correction;
}

/** From now on, or also what was written since a day: asked whenever a mapping changes. */
export function RemapDialog({
  id,
  kind,
  row,
  remapping,
  onClose,
}: {
  id: string;
  kind: Kind;
  row: { id: string; name: string };
  remapping: Remapping;
  onClose: () => void;
}) {
  const corrects = useSignal(false);
  const cannot = connection.value?.corrects === false;
  const from = useSignal(today());
  const seen = useSignal<{ correction: Correction; view: View.CorrectionPreviewView } | null>(null);
  useEffect(() => {
    void mappedSince(id, kind, row.id).then((since) => {
      from.value = since;
    });
  }, []);
  const next = async () => {
    if (!corrects.value) {
      const mapped = remapping.fromNowOn(today());
      if (await settle(mapped, wizardTexts.picker.mapped, 'mappings', 'tasks')) onClose();
      return;
    }
    const correction = remapping.since(from.value);
    const result = await lookAtCorrection(id, correction);
    if (result.ok) seen.value = { correction, view: result.value };
    else notifyError(result.error);
  };
  if (seen.value) return <Foreseen id={id} name={row.name} of={seen.value} onClose={onClose} />;
  return (
    <Dialog
      title={sayWith(mappingTexts.remapTitle, { name: row.name })}
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>{en.common.cancel}</Button>
          <Button
            kind="main"
            needs="operator"
            disabled={corrects.value && from.value === ''}
            onClick={next}
          >
            {corrects.value ? texts.next : mappingTexts.change}
          </Button>
        </>
      }
    >
      <fieldset class="options">
        <legend>{texts.how}</legend>
        {[false, true].map((value) => (
          <label key={String(value)} class="option">
            <input
              type="radio"
              name="remap"
              checked={corrects.value === value}
              disabled={value && cannot}
              onChange={() => {
                corrects.value = value;
              }}
            />
            <span class="grow">
              {value ? texts.correct : texts.now}
              <span class="block quiet small">
                {sayWith(value ? (cannot ? texts.cannotHelp : texts.correctHelp) : texts.nowHelp)}
              </span>
            </span>
          </label>
        ))}
      </fieldset>
      {corrects.value ? (
        <TextField
          type="date"
          label={texts.from}
          help={texts.fromHelp}
          value={from.value}
          onChange={(value) => {
            from.value = value;
          }}
        />
      ) : (
        remapping.foreseen.map((text) => (
          <p key={text} class="told">
            {text}
          </p>
        ))
      )}
    </Dialog>
  );
}

/** Both halves of the correction, before anything happens. */
function Foreseen({
  id,
  name,
  of: { correction, view },
  onClose,
}: {
  id: string;
  name: string;
  of: { correction: Correction; view: View.CorrectionPreviewView };
  onClose: () => void;
}) {
  const { takes, plans, totals, was, is, seen } = view;
  const yes = async () => {
    const run = await settle(
      correct(id, correction, seen),
      texts.started,
      'mappings',
      'tasks',
      'run',
    );
    onClose();
    if (run) go(href(['c', id, 'runs', run.id]));
  };
  const sum = (amounts: readonly View.MoneyView[]): string => amounts.map(money).join(' + ');
  return (
    <Dialog
      wide
      title={say(texts.title, { name, date: day(correction.since) })}
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>{en.common.cancel}</Button>
          <Button
            kind="danger"
            needs="operator"
            disabled={takes.documents.length === 0}
            onClick={yes}
          >
            {texts.yes}
          </Button>
        </>
      }
    >
      {takes.documents.length === 0 ? (
        <p>{texts.nothing}</p>
      ) : (
        <>
          <p>{say(texts.lead, { was, is })}</p>
          <p>
            <strong>{say(texts.sums, { taken: sum(takes.totals), written: sum(totals) })}</strong>
          </p>
          <h3>{texts.takes}</h3>
          <TakenBack rows={takes.documents} />
          <PlanList id="anew" title={texts.writes} plans={plans} />
        </>
      )}
      <Kept rows={takes.kept} />
    </Dialog>
  );
}

const today = (): string => new Date(now()).toISOString().slice(0, 10);

/** The first of the month in which the present mapping was made; today where nobody can tell. */
async function mappedSince(id: string, kind: Kind, rowId: string): Promise<string> {
  const result = await history(id, kind, rowId);
  const [newest] = result.ok ? result.value : [];
  const since = newest?.from ?? newest?.at.slice(0, 10) ?? today();
  return `${since.slice(0, 8)}01`;
}
