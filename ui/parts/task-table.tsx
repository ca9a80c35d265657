import { signal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import type { View } from '../api.ts';
import { clockTime, day, plural, say } from '../i18n.ts';
import { href } from '../router.ts';
import { en } from '../texts/en.ts';
import { ignoredSentence, needSentence } from '../texts/words.ts';
import { Badge, type BadgeTone } from './badge.tsx';
import { LinkButton, OutLink } from './button.tsx';
import { Money } from './money.tsx';
import { type Selection, Table } from './table.tsx';

const tones: Record<View.TaskRow['state'], BadgeTone> = {
  'needs-action': 'asks',
  ready: 'accent',
  waiting: 'waits',
  applying: 'accent',
  failed: 'bad',
  synced: 'good',
  ignored: 'neutral',
};

/** Orders as tasks: whose, which, why it waits, how much, and the one thing to do. */
export const TaskTable = ({
  caption,
  connectionId,
  rows,
  selection,
  brief = false,
  act,
}: {
  caption: string;
  connectionId: string;
  rows: readonly View.TaskRow[];
  selection?: Selection | undefined;
  /** The list's own heading already says the usual state. */
  brief?: boolean;
  /** What else can be done with a row that asks nothing. */
  act?: (row: View.TaskRow) => ComponentChildren;
}) => (
  <Table
    caption={caption}
    rows={rows}
    rowId={({ id }) => id}
    rowName={({ orderNumber }) => say(en.order, { number: orderNumber })}
    selection={selection}
    columns={[
      { id: 'order', head: en.columns.order, kind: 'main', cell: (row) => <Who row={row} /> },
      ...(brief && rows.every(isPlain)
        ? []
        : [
            {
              id: 'state',
              head: en.columns.state,
              kind: 'bare' as const,
              cell: (row: View.TaskRow) => <Why row={row} brief={brief} />,
            },
          ]),
      {
        id: 'amount',
        head: en.columns.amount,
        kind: 'end',
        cell: (row) => <Money of={row.amount} />,
      },
      {
        id: 'act',
        head: en.columns.act,
        kind: 'act',
        cell: (row) =>
          asksNothing(row) ? act?.(row) : <Act row={row} connectionId={connectionId} />,
      },
    ]}
  />
);

/** Nothing to say beyond the list's own heading. */
const isPlain = (row: View.TaskRow): boolean =>
  row.state === 'ready' &&
  row.needs.length + row.written + row.documents.length === 0 &&
  !isArranged(row);

/** Loaded where there is something: a list without it is the first screen. */
const arranged = signal<typeof import('./arranged.tsx').Arranged | null>(null);
function Arranged({ of }: { of: View.TaskRow }) {
  useEffect(() => {
    void import('./arranged.tsx').then((at) => {
      arranged.value = at.Arranged;
    });
  }, []);
  const Part = arranged.value;
  return Part && <Part of={of} />;
}

const isArranged = ({ care, present }: View.TaskRow): boolean =>
  Boolean(care.assignee || care.note || care.snoozedUntil || present.length > 0);

const Who = ({ row }: { row: View.TaskRow }) => (
  <>
    <strong class="block">{row.customerName}</strong>
    <span class="quiet">
      {say(en.order, { number: row.orderNumber })} · {en.orders[row.orderType]} ·{' '}
      {day(row.placedOn)}
    </span>
  </>
);

function Why({ row, brief }: { row: View.TaskRow; brief: boolean }) {
  const [first, ...others] = row.needs;
  const usual = row.state === 'ready' || row.state === 'needs-action';
  return (
    <div class="why">
      {!(brief && usual && !first?.guard) && (
        <Badge tone={first?.guard ? 'bad' : tones[row.state]}>
          {first?.guard
            ? en.stopped
            : row.state === 'waiting' && row.retryAt
              ? say(en.triesAgain, { time: clockTime(row.retryAt) })
              : en.states[row.state]}
        </Badge>
      )}
      {first && <span>{needSentence(first)}</span>}
      {others.length > 0 && <span class="quiet">{plural(en.moreNeeds, others.length)}</span>}
      {row.failure && (
        <span>
          {row.failure.message} {row.failure.next}
        </span>
      )}
      {row.ignored && (
        <span>
          {ignoredSentence(row.ignored.reason)} · {row.ignored.by}
        </span>
      )}
      {isArranged(row) && <Arranged of={row} />}
      {row.written > 0 && row.written < row.lines && (
        <span class="quiet">
          {say(en.written, { done: String(row.written), total: String(row.lines) })}
        </span>
      )}
      {[...row.documents, ...(row.ignored?.document ? [row.ignored.document] : [])].map(
        ({ id, number, url }) =>
          url ? (
            <OutLink key={id} to={url} name={number ?? id} />
          ) : (
            <span key={id}>{number ?? id}</span>
          ),
      )}
    </div>
  );
}

const asksNothing = ({ state }: View.TaskRow): boolean =>
  state === 'synced' || state === 'ignored' || state === 'applying';

function Act({ row, connectionId }: { row: View.TaskRow; connectionId: string }) {
  const [first] = row.needs;
  const to =
    first?.code === 'opening'
      ? href(['c', connectionId, 'openings'])
      : href(['c', connectionId, 'wizard'], { tasks: row.id });
  return (
    <LinkButton small to={to}>
      {first ? en.needs[first.code][1] : en.dashboard.sync}
      <span class="hidden"> {say(en.order, { number: row.orderNumber })}</span>
    </LinkButton>
  );
}
