import { useSignal } from '@preact/signals';
import type { View } from '../api.ts';
import { instant, say } from '../i18n.ts';
import { Button, OutLink } from '../parts/button.tsx';
import { SelectField } from '../parts/field.tsx';
import { Await, ErrorBox } from '../parts/states.tsx';
import { Table } from '../parts/table.tsx';
import { TargetPicker } from '../parts/target-picker.tsx';
import { searchCompanies } from '../state/mappings.ts';
import { useResource } from '../state/resource.ts';
import { connection, may } from '../state/shell.ts';
import { saveTicketing, type Ticketing, ticketing } from '../state/ticketing.ts';
import { settle } from '../state/toasts.ts';
import { ticketTexts as texts } from '../texts/en-tickets.ts';
import { sayWith } from '../texts/words.ts';

type Kind = Ticketing['kinds'][number];
const kinds: readonly Kind[] = ['tasks', 'unclear', 'reading', 'marketplace', 'connection'];
type Place = Ticketing['place'];

/** Which faults are told by mail, which by a ticket of the system, and where tickets go. */
export function TicketsPage() {
  const id = connection.value?.id ?? '';
  const draft = useSignal<Ticketing | null>(null);
  const { board = '', type = '', issueType = '' } = draft.value?.place ?? {};
  const from = useResource(ticketing, id, board, type, issueType);
  return (
    <>
      <h1>{texts.title}</h1>
      <p class="lead">{texts.lead}</p>
      <Await from={from} again={ticketing.reload}>
        {(view) => (
          <>
            {view.failure && (
              <>
                <p>{say(texts.failed, { time: instant(view.failure.at) })}</p>
                <ErrorBox error={view.failure} />
              </>
            )}
            <Form
              id={id}
              view={view}
              now={draft.value ?? savedIn(view)}
              onChange={(next) => {
                draft.value = next;
              }}
            />
            <Open rows={view.open} />
          </>
        )}
      </Await>
    </>
  );
}

const savedIn = ({ on, kinds: own, quiet, place, companyName }: View.TicketingView): Ticketing => ({
  on,
  kinds: own,
  quiet,
  place,
  companyName,
});

function Form({
  id,
  view,
  now,
  onChange,
}: {
  id: string;
  view: View.TicketingView;
  now: Ticketing;
  onChange: (next: Ticketing) => void;
}) {
  const disabled = !may('admin');
  const change = (next: Partial<Ticketing>) => onChange({ ...now, ...next });
  const save = async () => {
    const saved = await settle(saveTicketing(id, now), texts.saved, 'log');
    if (saved) onChange(savedIn(saved));
  };
  return (
    <section class="card">
      <Matrix now={now} hasDesk={view.available} disabled={disabled} onChange={change} />
      {view.available ? (
        <div class="form">
          <SelectField
            label={sayWith(texts.on)}
            help={texts.onHelp}
            disabled={disabled}
            value={now.on ? 'on' : 'off'}
            choices={[
              { value: 'on', label: texts.choices.on },
              { value: 'off', label: texts.choices.off },
            ]}
            onChange={(value) => change({ on: value === 'on' })}
          />
          {view.lacking.length > 0 && <Lacking of={view.lacking} />}
          {view.fields.map((field) => (
            <PlaceField
              key={field.id}
              id={id}
              field={field}
              now={now}
              disabled={disabled}
              onChange={change}
            />
          ))}
        </div>
      ) : (
        <p class="quiet">{sayWith(texts.noDesk)}</p>
      )}
      <div class="buttons">
        <Button kind="main" needs="admin" onClick={save}>
          {texts.save}
        </Button>
      </div>
    </section>
  );
}

function Matrix({
  now,
  hasDesk,
  disabled,
  onChange,
}: {
  now: Ticketing;
  hasDesk: boolean;
  disabled: boolean;
  onChange: (next: Partial<Ticketing>) => void;
}) {
  const without = (of: readonly Kind[], kind: Kind) => of.filter((one) => one !== kind);
  const box = (name: string, kind: Kind, isOn: boolean, set: (isOn: boolean) => void) => (
    <label class="switch">
      <input
        type="checkbox"
        aria-label={`${name}: ${texts.kinds[kind]}`}
        disabled={disabled}
        checked={isOn}
        onChange={(event) => set(event.currentTarget.checked)}
      />{' '}
      {name}
    </label>
  );
  return (
    <Table
      caption={texts.title}
      rows={kinds}
      rowId={(kind) => kind}
      rowName={(kind) => texts.kinds[kind]}
      columns={[
        { id: 'what', head: texts.what, kind: 'main', cell: (kind) => texts.kinds[kind] },
        {
          id: 'told',
          head: texts.told,
          kind: 'act',
          cell: (kind) => (
            <>
              {box(texts.mail, kind, !now.quiet.includes(kind), (isOn) =>
                onChange({ quiet: isOn ? without(now.quiet, kind) : [...now.quiet, kind] }),
              )}{' '}
              {hasDesk &&
                box(texts.ticket, kind, now.kinds.includes(kind), (isOn) =>
                  onChange({ kinds: isOn ? [...now.kinds, kind] : without(now.kinds, kind) }),
                )}
            </>
          ),
        },
      ]}
    />
  );
}

function PlaceField({
  id,
  field,
  now,
  disabled,
  onChange,
}: {
  id: string;
  field: View.TicketingView['fields'][number];
  now: Ticketing;
  disabled: boolean;
  onChange: (next: Partial<Ticketing>) => void;
}) {
  const isPicking = useSignal(false);
  if (field.kind === 'company')
    return (
      <div class="field">
        <p>
          {say(texts.company, { name: now.companyName ?? texts.noCompany })}{' '}
          <Button
            needs="admin"
            onClick={() => {
              isPicking.value = !isPicking.value;
            }}
          >
            {texts.choose}
          </Button>
        </p>
        {isPicking.value && (
          <TargetPicker
            label={texts.findCompany}
            start=""
            find={(search) => searchCompanies(id, search)}
            onPick={(company) => {
              isPicking.value = false;
              onChange({
                place: { ...now.place, [field.id]: company.id },
                companyName: company.name,
              });
            }}
          />
        )}
      </div>
    );
  return (
    <SelectField
      label={field.name}
      disabled={disabled}
      value={now.place[field.id] ?? ''}
      choices={[
        { value: '', label: field.optional ? texts.none : texts.choose },
        ...field.choices.map(({ value, name }) => ({ value, label: name })),
      ]}
      onChange={(value) => onChange({ place: placeWith(now.place, field.id, value) })}
    />
  );
}

/** What hangs on another choice is chosen anew with it. */
const hangsOn: Readonly<Record<string, readonly string[]>> = {
  board: ['type', 'subType'],
  type: ['subType'],
  issueType: ['subIssueType'],
};
function placeWith(place: Place, id: string, value: string): Place {
  const gone = new Set([id, ...(hangsOn[id] ?? [])]);
  const kept = Object.entries(place).filter(([name]) => !gone.has(name));
  return Object.fromEntries(value === '' ? kept : [...kept, [id, value]]);
}

const Lacking = ({ of }: { of: View.TicketingView['lacking'] }) => (
  <>
    <p class="asks">{texts.lacking}</p>
    <ul>
      {of.map(({ scope, why, where }) => (
        <li key={scope + where}>
          <strong>{scope}</strong>, {why}. <span class="quiet">{where}</span>
        </li>
      ))}
    </ul>
  </>
);

const Open = ({ rows }: { rows: View.TicketingView['open'] }) =>
  rows.length === 0 ? null : (
    <section class="card" aria-labelledby="open-tickets">
      <h2 id="open-tickets">{texts.open}</h2>
      <ul class="list">
        {rows.map(({ summary, at, url }) => (
          <li key={summary + at}>
            <span>
              {summary} {url && <OutLink to={url} name={texts.see} />}{' '}
              <span class="quiet">{instant(at)}</span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
