import type { DecisionValue, View } from '../../api.ts';
import { day, instant, money, say } from '../../i18n.ts';
import { Badge } from '../../parts/badge.tsx';
import { Button } from '../../parts/button.tsx';
import { Moneys } from '../../parts/money.tsx';
import { Pager } from '../../parts/pager.tsx';
import { Search } from '../../parts/search.tsx';
import { Await, Empty } from '../../parts/states.tsx';
import { Table } from '../../parts/table.tsx';
import { href, place, replace } from '../../router.ts';
import { ask } from '../../state/ask.ts';
import { decisions, type KeptKind, removeDecision } from '../../state/mappings.ts';
import { useResource } from '../../state/resource.ts';
import { settle } from '../../state/toasts.ts';
import { mappingTexts } from '../../texts/en-mappings.ts';
import { wizardTexts } from '../../texts/en-wizard.ts';
import { AddFloor } from './margin-form.tsx';

const texts = mappingTexts.kept;
const tabOf = { price: 'prices', exclude: 'excluded' } as const;
const isMonthly = ({ scope }: View.DecisionView) =>
  scope.kind !== 'charge' && scope.kind !== 'order';

/** What people changed, or keep out of billing, and wanted to last: for what, since when, by whom. */
export function KeptTab({ id, kind }: { id: string; kind: KeptKind }) {
  const { search = '', page = '' } = place.value.query;
  const from = useResource(decisions, id, kind, search, page);
  const refilter = (changed: Record<string, string>) =>
    replace(href(['c', id, 'mappings', tabOf[kind]], { search, ...changed }));
  return (
    <>
      <p class="quiet">{texts[kind].lead}</p>
      <div class="tools">
        <Search
          key={kind}
          label={mappingTexts.search}
          value={search}
          onSearch={(text) => refilter({ search: text })}
        />
        {kind === 'price' && <AddFloor id={id} />}
      </div>
      <Await from={from} again={decisions.reload}>
        {({ rows, total, next }) =>
          rows.length === 0 ? (
            <Empty title={texts[kind].none} help={texts[kind].noneHelp} />
          ) : (
            <>
              <List id={id} kind={kind} rows={rows} />
              <Pager
                shown={rows.length}
                {...{ total, next, page }}
                onPage={(at) => refilter({ page: at })}
              />
            </>
          )
        }
      </Await>
    </>
  );
}

const List = ({
  id,
  kind,
  rows,
}: {
  id: string;
  kind: KeptKind;
  rows: readonly View.DecisionView[];
}) => (
  <Table
    caption={mappingTexts.tabs[tabOf[kind]]}
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
      {
        id: 'what',
        head: texts[kind].what,
        cell: (row) => (
          <>
            {whatOf(row.value)} {row.ended && <Badge>{texts.ended}</Badge>}
          </>
        ),
      },
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
        id: 'worth',
        head: texts.worth,
        kind: 'end',
        cell: (row) => (
          <>
            <Moneys of={row.worth} />
            {row.worth.length > 0 && isMonthly(row) && (
              <span class="quiet small block">{texts.monthly}</span>
            )}
          </>
        ),
      },
      {
        id: 'act',
        head: texts[kind].remove,
        kind: 'act',
        cell: (row) => (
          <Button small needs="operator" onClick={() => remove(id, kind, row)}>
            {texts[kind].remove}
            <span class="hidden">: {row.subject}</span>
          </Button>
        ),
      },
    ]}
  />
);

/** A kept decision in words. */
function whatOf(value: DecisionValue): string {
  if (value.kind === 'exclude')
    return value.until === null
      ? value.reason
      : say(texts.until, { reason: value.reason, date: day(value.until) });
  if (value.kind === 'price-change')
    return say(texts.changes[value.answer], {
      moves: value.moves.slice(0, movesShown).map(moveShown).join(', '),
      date: value.answer === 'keep' ? day(value.until) : '',
    });
  if (value.kind === 'margin')
    return say(texts.floors[value.act], {
      percent: value.act === 'off' ? '' : String(value.percent),
    });
  if (value.kind !== 'edit') return '';
  return Object.entries(value.edit)
    .map(([field, to]) => `${fieldNames[field] ?? field}: ${shown(to)}`)
    .join(', ');
}
const movesShown = 3;
const moveShown = (move: string): string => {
  const [currency = '', was = '0', now = '0'] = move.split(' ');
  return say(texts.move, {
    was: money({ amount: was, currency }),
    now: money({ amount: now, currency }),
  });
};
const fieldNames: Readonly<Record<string, string | undefined>> = wizardTexts.explanation.fields;
const shown = (to: unknown): string => {
  if (typeof to === 'string') return to;
  if (typeof to === 'object' && to !== null && 'value' in to) return String(to.value);
  return '–';
};

async function remove(id: string, kind: KeptKind, row: View.DecisionView): Promise<void> {
  const amounts = row.worth.map(money).join(' + ');
  const worth = isMonthly(row) ? say(texts.aMonth, { amounts }) : amounts;
  const yes = await ask({
    title: say(texts[kind].removeTitle, { subject: row.subject }),
    body: [
      say(texts.since, { what: whatOf(row.value), by: row.by, time: instant(row.at) }),
      row.worth.length === 0 ? texts[kind].removeBody : say(texts[kind].removeBodyWorth, { worth }),
    ],
    yes: texts[kind].remove,
    danger: kind === 'price',
  });
  if (yes) await settle(removeDecision(id, row.id), texts.removed, 'mappings', 'tasks');
}
