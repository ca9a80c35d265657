import type { Result } from '../api.ts';
import { now } from '../clock.ts';
import { monthName, say } from '../i18n.ts';
import { Button } from '../parts/button.tsx';
import { SelectField } from '../parts/field.tsx';
import { Pager } from '../parts/pager.tsx';
import { saveFile } from '../parts/save-file.ts';
import { Await } from '../parts/states.tsx';
import { href, place, replace } from '../router.ts';
import { month, statement, statementFile } from '../state/month.ts';
import { useResource } from '../state/resource.ts';
import { connection } from '../state/shell.ts';
import { aheadTexts } from '../texts/en-ahead.ts';
import { monthTexts as texts } from '../texts/en-month.ts';
import { sayWith } from '../texts/words.ts';
import { Closing } from './month/closing.tsx';
import { Costs } from './month/costs.tsx';
import { Differences } from './month/differences.tsx';
import { Proof } from './month/proof.tsx';
import { statementPage } from './month/statement.ts';

/** One month to the cent: charges, documents, a name for all that is between, and its closing. */
export function MonthPage() {
  const id = connection.value?.id ?? '';
  const { month: of = thisMonth(), show = '', page = '' } = place.value.query;
  const filter = new URLSearchParams({ ...(show && { show }), ...(page && { page }) }).toString();
  const from = useResource(month, id, of, filter);
  const turn = (next: Record<string, string>) =>
    replace(href(['c', id, 'month'], { month: of, ...next }));
  return (
    <>
      <div class="head">
        <h1>{texts.title}</h1>
        <span class="buttons">
          <Button onClick={() => saveFile(printed(id, of), `${fileName(of)}.html`)}>
            {texts.print}
          </Button>
          <Button onClick={() => saveFile(asJson(id, of), `${fileName(of)}.json`)}>
            {texts.json}
          </Button>
          <Button onClick={() => saveFile(statementFile(id, of), `${fileName(of)}.csv`)}>
            {texts.csv}
          </Button>
        </span>
      </div>
      <p class="lead">
        {sayWith(texts.lead)} <a href={href(['c', id, 'ahead'])}>{aheadTexts.link}</a>
      </p>
      <Await from={from} again={month.reload}>
        {(view) => (
          <>
            <search class="tools">
              <SelectField
                label={texts.choose}
                value={of}
                choices={choicesOf(view.months, of)}
                onChange={(next) => replace(href(['c', id, 'month'], { month: next }))}
              />
            </search>
            <Closing id={id} of={view} />
            {view.figures.map((figures) => (
              <Proof key={figures.currency} id={id} month={of} of={figures} />
            ))}
            <Costs of={view} />
            <section class="card">
              <Differences id={id} of={view} show={show} onShow={(next) => turn({ show: next })} />
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
    </>
  );
}

/** By the person's own clock; the books' time zone decides what is in it. */
const thisMonth = (): string => new Date(now()).toISOString().slice(0, 7);
const fileName = (of: string): string => say(texts.fileName, { month: of });

const choicesOf = (months: readonly { month: string; closed: boolean }[], of: string) =>
  [
    ...(months.some(({ month }) => month === of) ? [] : [{ month: of, closed: false }]),
    ...months,
  ].map((one) => ({
    value: one.month,
    label: one.closed
      ? say(texts.closedMark, { month: monthName(one.month) })
      : monthName(one.month),
  }));

async function printed(id: string, of: string): Promise<Result<Blob>> {
  const result = await statement(id, of);
  return result.ok
    ? { ok: true, value: new Blob([statementPage(result.value)], { type: 'text/html' }) }
    : result;
}
async function asJson(id: string, of: string): Promise<Result<Blob>> {
  const result = await statement(id, of);
  return result.ok
    ? {
        ok: true,
        value: new Blob([JSON.stringify(result.value, null, 2)], { type: 'application/json' }),
      }
    : result;
}
