import type { View } from '../api.ts';
import { now } from '../clock.ts';
import { day, instant, monthName, number, plural, say } from '../i18n.ts';
import { Button, LinkButton } from '../parts/button.tsx';
import { SelectField } from '../parts/field.tsx';
import { Moneys } from '../parts/money.tsx';
import { Pager } from '../parts/pager.tsx';
import { Await, Empty, Notice } from '../parts/states.tsx';
import { href, place, replace } from '../router.ts';
import { startLook } from '../state/look.ts';
import { useResource } from '../state/resource.ts';
import { shadow } from '../state/shadow.ts';
import { connection, staysOpen } from '../state/shell.ts';
import { settle } from '../state/toasts.ts';
import { shadowTexts as texts } from '../texts/en-shadow.ts';
import { sayWith } from '../texts/words.ts';
import { Customers } from './shadow/customers.tsx';
import { Lines } from './shadow/lines.tsx';

const shows = ['all', 'clean', 'different'] as const;

/** A month billed by hand beside what automatic would have billed; where lines stay open there are no months. */
export const ShadowPage = () => (staysOpen.value ? <NoMonths /> : <Months />);

const NoMonths = () => (
  <>
    <h1>{texts.title}</h1>
    <section class="card">
      <Empty icon="search" title={sayWith(texts.open)} help={texts.openHelp}>
        <LinkButton to={href(['c', connection.value?.id ?? '', 'look'])}>
          {texts.openLook}
        </LinkButton>
      </Empty>
    </section>
  </>
);

/** Compared, then switched over. */
function Months() {
  const id = connection.value?.id ?? '';
  const { month = thisMonth(), show = '', page = '', customer = '' } = place.value.query;
  const filter = new URLSearchParams({ ...(show && { show }), ...(page && { page }) }).toString();
  const from = useResource(shadow, id, month, customer === '' ? filter : '');
  const turn = (next: Record<string, string>) =>
    replace(href(['c', id, 'shadow'], { month, ...next }));
  return (
    <>
      <div class="head">
        <h1>{texts.title}</h1>
        <ReadInvoices id={id} view={from.value} />
      </div>
      <p class="lead">{sayWith(texts.lead)}</p>
      {customer !== '' ? (
        <Lines id={id} month={month} customerId={customer} page={page} />
      ) : (
        <Await from={from} again={shadow.reload}>
          {(view) => (
            <>
              <State of={view} />
              <Totals of={view} />
              <section class="card">
                <search class="tools">
                  <SelectField
                    label={texts.choose}
                    value={month}
                    choices={[...new Set([month, ...view.months])]
                      .sort()
                      .reverse()
                      .map((value) => ({ value, label: monthName(value) }))}
                    onChange={(next) => replace(href(['c', id, 'shadow'], { month: next, show }))}
                  />
                  <SelectField
                    label={texts.show}
                    value={show || 'all'}
                    choices={shows.map((value) => ({
                      value,
                      label: `${texts.shows[value]} (${number(String(view.counts[value] ?? 0))})`,
                    }))}
                    onChange={(next) => turn({ show: next })}
                  />
                </search>
                {view.rows.length === 0 ? (
                  <Empty title={texts.none} help={sayWith(texts.noneHelp)} />
                ) : (
                  <Customers id={id} of={view} />
                )}
                <Pager
                  shown={view.rows.length}
                  total={view.total}
                  next={view.next}
                  page={page}
                  onPage={(at) => turn({ show, page: at })}
                />
              </section>
            </>
          )}
        </Await>
      )}
    </>
  );
}

function ReadInvoices({ id, view }: { id: string; view: View.ShadowView | null }) {
  const state = view?.look.state;
  const isBusy = state === 'reading' || state === 'waiting';
  return (
    <Button
      needs="operator"
      kind={state === 'never' ? 'main' : 'plain'}
      icon="search"
      disabled={view === null || isBusy}
      onClick={() => settle(startLook(id), null, 'run')}
    >
      {state === undefined || state === 'never' ? texts.read : texts.readAgain}
    </Button>
  );
}

/** What the comparison does not know yet. */
function State({ of: { look, runs, month, ordersFrom } }: { of: View.ShadowView }) {
  const isWhole = ordersFrom === null || ordersFrom <= `${month}-01`;
  return (
    <>
      {look.state === 'never' && <Notice>{texts.never}</Notice>}
      {(look.state === 'reading' || look.state === 'waiting') && (
        <Notice>
          <p role="status">{texts.reading}</p>
        </Notice>
      )}
      {look.endedAt !== null && (
        <p class="quiet">
          {say(texts.readAt, { from: day(look.from), time: instant(look.endedAt) })}
        </p>
      )}
      {!isWhole && <Notice>{say(texts.notWhole, { date: day(ordersFrom) })}</Notice>}
      {runs && <p class="quiet">{texts.runs}</p>}
    </>
  );
}

const Totals = ({ of: { ours, theirs, notCompared } }: { of: View.ShadowView }) => (
  <section class="card">
    <dl class="facts">
      <Total name={texts.ours} of={ours} />
      <Total name={texts.theirs} of={theirs} />
      {notCompared.count > 0 && (
        <Total name={plural(texts.own, notCompared.count)} of={notCompared.money} />
      )}
    </dl>
  </section>
);

const Total = ({ name, of }: { name: string; of: readonly View.MoneyView[] }) => (
  <div>
    <dt>{name}</dt>
    <dd>{of.length === 0 ? texts.nothing : <Moneys of={of} />}</dd>
  </div>
);

/** By the person's own clock; the books' time zone decides what is in it. */
const thisMonth = (): string => new Date(now()).toISOString().slice(0, 7);
