import { useSignal } from '@preact/signals';
import type { View } from '../api.ts';
import { instant, monthName, plural, say } from '../i18n.ts';
import { Badge } from '../parts/badge.tsx';
import { Button } from '../parts/button.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { SelectField, TextField } from '../parts/field.tsx';
import { Pager } from '../parts/pager.tsx';
import { Await, Empty } from '../parts/states.tsx';
import { Table } from '../parts/table.tsx';
import { href, place, replace } from '../router.ts';
import { ask } from '../state/ask.ts';
import {
  answerLetter,
  letters,
  saveLetterDay,
  switchLetters,
  testLetter,
} from '../state/letters.ts';
import { useResource } from '../state/resource.ts';
import { connection, may } from '../state/shell.ts';
import { settle } from '../state/toasts.ts';
import { letterTexts as texts } from '../texts/en-letters.ts';
import { sayWith } from '../texts/words.ts';

type Row = View.LetterRow;
const states = ['off', 'on', 'unsubscribed'] as const;
const tones = { sending: 'waits', sent: 'good', refused: 'bad', unclear: 'asks' } as const;

/** Mails to customers about their bill: when, to whom, what they say, and what became of them. */
export function LettersPage() {
  const id = connection.value?.id ?? '';
  const { page = '' } = place.value.query;
  const from = useResource(letters, id, page);
  const shown = useSignal<Row | null>(null);
  return (
    <>
      <h1>{texts.title}</h1>
      <p class="lead">{texts.lead}</p>
      <Await from={from} again={letters.reload}>
        {(view) => (
          <>
            <Day key={String(view.day)} id={id} of={view} />
            <section class="card">
              {view.rows.length === 0 ? (
                <Empty
                  title={sayWith(texts.none, { month: monthName(view.month) })}
                  help={texts.noneHelp}
                />
              ) : (
                <>
                  <List
                    id={id}
                    of={view}
                    look={(row) => {
                      shown.value = row;
                    }}
                  />
                  <Pager
                    shown={view.rows.length}
                    total={view.total}
                    next={view.next}
                    page={page}
                    onPage={(to) => replace(href(['c', id, 'letters'], { page: to }))}
                  />
                </>
              )}
            </section>
          </>
        )}
      </Await>
      {shown.value && (
        <Preview
          id={id}
          row={shown.value}
          onClose={() => {
            shown.value = null;
          }}
        />
      )}
    </>
  );
}

function Day({ id, of }: { id: string; of: View.LettersView }) {
  const typed = useSignal(of.day === null ? '' : String(of.day));
  const save = async () => {
    const day = typed.value === '' ? null : Number(typed.value);
    const saved = await settle(saveLetterDay(id, day), texts.saved, 'log');
    if (saved) letters.put(saved);
  };
  return (
    <section class="card">
      <div class="form">
        <TextField
          type="number"
          inputMode="numeric"
          label={texts.day}
          help={sayWith(texts.dayHelp)}
          disabled={!may('admin')}
          value={typed.value}
          onChange={(text) => {
            typed.value = text;
          }}
        />
      </div>
      <div class="buttons">
        <Button kind="main" needs="admin" onClick={save}>
          {texts.save}
        </Button>
        <span class="quiet">
          {of.replyTo ? say(texts.replyTo, { address: of.replyTo }) : texts.noReply}
        </span>
      </div>
    </section>
  );
}

const List = ({
  id,
  of: { rows, month },
  look,
}: {
  id: string;
  of: View.LettersView;
  look: (row: Row) => void;
}) => (
  <Table
    caption={say(texts.caption, { month: monthName(month) })}
    rows={rows}
    rowId={({ customerId }) => customerId}
    rowName={({ customerName }) => customerName}
    columns={[
      {
        id: 'name',
        head: texts.customer,
        kind: 'main',
        cell: ({ customerName, to }) => (
          <>
            <strong class="block">{customerName}</strong>
            <span class={to ? 'quiet' : 'asks'}>{to ?? sayWith(texts.noAddress)}</span>
          </>
        ),
      },
      { id: 'switch', head: texts.switch, cell: (row) => <Switch id={id} row={row} /> },
      { id: 'what', head: texts.what, cell: (row) => <Became id={id} row={row} /> },
      {
        id: 'act',
        head: texts.look,
        kind: 'act',
        cell: (row) => (
          <Button small onClick={() => look(row)}>
            {texts.look}
            <span class="hidden"> {row.customerName}</span>
          </Button>
        ),
      },
    ]}
  />
);

const Switch = ({ id, row }: { id: string; row: Row }) => (
  <SelectField
    bare
    label={say(texts.switchFor, { name: row.customerName })}
    disabled={!may('operator')}
    value={row.state}
    choices={states.map((value) => ({
      value,
      label: texts.states[value],
      disabled: value === 'on' && connection.value?.mayApprove !== true,
    }))}
    onChange={(value) => {
      const state = states.find((one) => one === value);
      if (state) void settle(switchLetters(id, [row.customerId], state), texts.saved, 'mappings');
    }}
  />
);

function Became({ id, row }: { id: string; row: Row }) {
  const { letter, changes, customerId } = row;
  if (!letter)
    return (
      <span class="quiet">{changes > 0 ? plural(texts.changes, changes) : texts.noChange}</span>
    );
  const { month, state } = letter;
  const answer = (what: 'arrived' | 'again') =>
    settle(answerLetter(id, { customerId, month, answer: what }), texts.answered, 'log');
  const again = async () => {
    const yes = await ask({
      title: say(texts.againTitle, { name: row.customerName }),
      body: [texts.againBody],
      yes: texts.again,
    });
    if (yes) await answer('again');
  };
  return (
    <>
      <Badge tone={tones[state]}>{texts.letter[state]}</Badge>
      {state === 'unclear' && <span class="block asks">{texts.lost}</span>}
      <span class="block small quiet">
        {say(texts.sentTo, { to: letter.to, time: instant(letter.at) })}
      </span>
      {letter.failure && (
        <span class="block small">
          {letter.failure.message} {letter.failure.next}
          {letter.failure.said && <q class="said block">{letter.failure.said}</q>}
        </span>
      )}
      {(state === 'unclear' || state === 'refused') && (
        <span class="buttons">
          {state === 'unclear' && (
            <Button small needs="operator" onClick={() => answer('arrived')}>
              {texts.arrived}
            </Button>
          )}
          <Button
            small
            needs="operator"
            disabled={connection.value?.mayApprove !== true}
            onClick={again}
          >
            {texts.again}
          </Button>
        </span>
      )}
    </>
  );
}

const Preview = ({ id, row, onClose }: { id: string; row: Row; onClose: () => void }) => (
  <Dialog
    wide
    title={say(texts.lookOf, { name: row.customerName })}
    onClose={onClose}
    foot={
      <>
        <span class="quiet">{texts.testHelp}</span>
        <Button needs="admin" onClick={() => settle(testLetter(id, row.customerId), texts.tested)}>
          {texts.test}
        </Button>
      </>
    }
  >
    <p>
      {texts.to}: {row.to ?? sayWith(texts.noAddress)}
    </p>
    <p>
      <strong>{row.preview.subject}</strong>
    </p>
    <pre class="letter">{row.preview.text}</pre>
  </Dialog>
);
