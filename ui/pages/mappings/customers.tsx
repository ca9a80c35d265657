import type { View } from '../../api.ts';
import { day, money, say } from '../../i18n.ts';
import { LinkButton } from '../../parts/button.tsx';
import { href } from '../../router.ts';
import { ask } from '../../state/ask.ts';
import { setBillFrom } from '../../state/connection.ts';
import { changeCustomers, customers } from '../../state/mappings.ts';
import { useResource } from '../../state/resource.ts';
import { connection, may } from '../../state/shell.ts';
import { settle } from '../../state/toasts.ts';
import { en } from '../../texts/en.ts';
import { mappingTexts as texts } from '../../texts/en-mappings.ts';
import { sayWith } from '../../texts/words.ts';
import { switchAutomatic, TurnOnDialog } from './automatic.tsx';
import { settleBulk } from './bulk.ts';
import { CustomerBulk } from './customer-bulk.tsx';
import { MatchedList } from './matched-list.tsx';
import { PickCompany } from './pick.tsx';
import { filterText } from './tools.tsx';
import { WhoBills } from './who-bills.tsx';

type Row = View.CustomerMappingRow;
export const CustomersTab = ({ id }: { id: string }) => (
  <>
    <MatchedList
      id={id}
      kind="customers"
      from={useResource(customers, id, filterText())}
      again={customers.reload}
      change={(change) => changeCustomers(id, change)}
      head={texts.customer}
      name={(row) => <Name id={id} row={row} />}
      columns={[
        { id: 'automatic', head: texts.automatic, cell: (row) => <Switches id={id} row={row} /> },
      ]}
      actions={(row) => row.target && <ToInvoices id={id} row={row} />}
      bulk={(ids, done) => <CustomerBulk id={id} ids={ids} done={done} />}
      pick={(row, close) => <PickCompany id={id} row={row} onClose={close} />}
    />
    <TurnOnDialog id={id} />
  </>
);

const ToInvoices = ({ id, row }: { id: string; row: Row }) => (
  <LinkButton small kind="quiet" to={href(['c', id, 'invoices'], { customer: row.id })}>
    {texts.invoices}
    <span class="hidden">: {row.name}</span>
  </LinkButton>
);

const Name = ({ id, row }: { id: string; row: Row }) => (
  <>
    <strong class="block">{row.name}</strong>
    {row.waiting.length > 0 && (
      <span class="quiet block">
        {texts.waiting}: {row.waiting.map(money).join(' + ')}
      </span>
    )}
    {row.billFrom && (
      <span class="quiet block">
        {texts.billFrom} {day(row.billFrom)}
      </span>
    )}
    {may('operator') && (
      <button type="button" class="link" onClick={() => askBillFrom(id, row)}>
        {say(texts.billFromFor, { name: '' }).trim()}…<span class="hidden"> {row.name}</span>
      </button>
    )}
    {row.billedBySchedule && !row.billedBySchedule.answered && (
      <span class="block asks">
        {sayWith(texts.schedule, {
          amount: money(row.billedBySchedule.amount),
          every: row.billedBySchedule.every.replace(/^1 /, ''),
        })}{' '}
        <button
          type="button"
          class="link"
          disabled={!may('operator')}
          onClick={() =>
            settleBulk(changeCustomers(id, { do: 'schedule-answered', ids: [row.id] }))
          }
        >
          {texts.scheduleAnswered}
        </button>
      </span>
    )}
  </>
);

function Switches({ id, row }: { id: string; row: Row }) {
  return (
    <>
      <label class="switch">
        <input
          type="checkbox"
          checked={row.automatic}
          disabled={
            !(row.automatic ? may('operator') : connection.value?.mayApprove) ||
            !row.target ||
            row.billedBy !== id
          }
          onChange={(event) => {
            event.currentTarget.checked = row.automatic;
            void switchAutomatic(id, [row], !row.automatic);
          }}
        />
        <span class="hidden">{say(texts.automaticFor, { name: row.name })}</span>
      </label>
      <WhoBills id={id} row={row} />
    </>
  );
}

async function askBillFrom(id: string, row: Row): Promise<void> {
  const yes = await ask({
    title: say(texts.billFromFor, { name: row.name }),
    body: en.billFrom.body.slice(0, 1),
    yes: en.common.save,
    date: { label: en.billFrom.label, value: row.billFrom ?? '' },
  });
  if (yes) await settle(setBillFrom(id, yes.date, row.id), en.billFrom.done, 'mappings', 'tasks');
}
