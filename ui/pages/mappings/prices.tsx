import type { DecisionValue, View } from '../../api.ts';
import { instant, say } from '../../i18n.ts';
import { Button } from '../../parts/button.tsx';
import { Await, Empty } from '../../parts/states.tsx';
import { Table } from '../../parts/table.tsx';
import { ask } from '../../state/ask.ts';
import { decisions, removeDecision } from '../../state/mappings.ts';
import { useResource } from '../../state/resource.ts';
import { settle } from '../../state/toasts.ts';
import { mappingTexts } from '../../texts/en-mappings.ts';
import { wizardTexts } from '../../texts/en-wizard.ts';

const texts = mappingTexts.prices;

/** Kept edits, with who and when; each can be removed. */
export function PricesTab({ id }: { id: string }) {
  const from = useResource(decisions, id);
  return (
    <>
      <p class="quiet">{texts.lead}</p>
      <Await from={from} again={decisions.reload}>
        {(all) => <DecisionTable id={id} rows={all.filter(({ value }) => value.kind === 'edit')} />}
      </Await>
    </>
  );
}

export const DecisionTable = ({ id, rows }: { id: string; rows: readonly View.DecisionView[] }) =>
  rows.length === 0 ? (
    <Empty title={texts.none} help={texts.noneHelp} />
  ) : (
    <Table
      caption={mappingTexts.tabs.prices}
      rows={rows}
      rowId={(row) => row.id}
      rowName={({ subject }) => subject}
      columns={[
        {
          id: 'subject',
          head: texts.subject,
          kind: 'main',
          cell: (row) => (
            <>
              <strong class="block">{row.subject}</strong>
              <span class="quiet">{texts.scopes[row.scope.kind]}</span>
            </>
          ),
        },
        { id: 'what', head: texts.what, cell: ({ value }) => whatOf(value) },
        {
          id: 'by',
          head: texts.by,
          cell: ({ by, at }) => (
            <span class="quiet">
              {by}, {instant(at)}
            </span>
          ),
        },
        {
          id: 'act',
          head: texts.remove,
          kind: 'act',
          cell: (row) => (
            <Button small needs="operator" onClick={() => remove(id, row)}>
              {texts.remove}
              <span class="hidden">: {row.subject}</span>
            </Button>
          ),
        },
      ]}
    />
  );

/** A decision in words. */
export function whatOf(value: DecisionValue): string {
  switch (value.kind) {
    case 'edit':
      return Object.entries(value.edit)
        .map(([field, to]) => `${fieldNames[field] ?? field}: ${shown(to)}`)
        .join(', ');
    case 'exclude':
      return say(texts.values.exclude, { reason: value.reason });
    case 'accept':
      return say(texts.values.accept, { need: value.need });
    default:
      return texts.values[value.kind];
  }
}
const fieldNames: Readonly<Record<string, string | undefined>> = wizardTexts.explanation.fields;
const shown = (to: unknown): string => {
  if (typeof to === 'string') return to;
  if (typeof to === 'object' && to !== null && 'value' in to) return String(to.value);
  return '–';
};

async function remove(id: string, row: View.DecisionView): Promise<void> {
  const yes = await ask({
    title: texts.removeTitle,
    body: [`${row.subject}: ${whatOf(row.value)}`, texts.removeBody],
    yes: texts.remove,
    danger: true,
  });
  if (yes) await settle(removeDecision(id, row.id), texts.removed, 'mappings', 'tasks');
}
