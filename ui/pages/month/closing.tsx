import type { View } from '../../api.ts';
import { instant, money, monthName, plural, say } from '../../i18n.ts';
import { Button } from '../../parts/button.tsx';
import { Moneys } from '../../parts/money.tsx';
import { Notice } from '../../parts/states.tsx';
import { href } from '../../router.ts';
import { ask } from '../../state/ask.ts';
import { closeMonth, month, reopenMonth } from '../../state/month.ts';
import { words } from '../../state/shell.ts';
import { settle } from '../../state/toasts.ts';
import { monthTexts as texts } from '../../texts/en-month.ts';
import { sayWith } from '../../texts/words.ts';

const kinds = ['waiting', 'missing', 'changed', 'extra', 'unclear'] as const;
type Kind = (typeof kinds)[number];

/** Whether the month is closed, can be, or what has to be answered first. */
export const Closing = ({ id, of }: { id: string; of: View.MonthView }) =>
  of.closed === null ? <Open id={id} of={of} /> : <Closed id={id} of={of} closed={of.closed} />;

function Open({ id, of }: { id: string; of: View.MonthView }) {
  const left = kinds.filter((kind) => of.blockers[kind] > 0);
  return (
    <section class="card" aria-labelledby="closing">
      <h2 id="closing">{texts.closing}</h2>
      <p>{texts.closingHelp}</p>
      {of.documents.drafts > 0 && (
        <p>
          {plural(texts.drafts, of.documents.drafts)} <Moneys of={of.documents.draftMoney} />
        </p>
      )}
      {left.length > 0 && (
        <>
          <p>{texts.blocked}</p>
          <ul class="list links">
            {left.map((kind) => (
              <li key={kind}>
                <a href={whereTo(id, of.month, kind)}>
                  {plural(texts.blockers[kind], of.blockers[kind], words.value)}
                </a>
              </li>
            ))}
          </ul>
        </>
      )}
      {!of.isOver && <p class="quiet">{texts.notOver}</p>}
      {of.canClose && <p>{texts.ready}</p>}
      <div class="buttons">
        <Button
          kind="main"
          icon="check"
          needs="admin"
          disabled={!of.canClose}
          onClick={() => close(id, of)}
        >
          {say(texts.close, { month: monthName(of.month) })}
        </Button>
      </div>
    </section>
  );
}

function whereTo(id: string, of: string, kind: Kind): string {
  switch (kind) {
    case 'waiting':
      return href(['c', id, 'tasks']);
    case 'changed':
      return href(['c', id, 'changed']);
    case 'unclear':
      return href(['c', id]);
    case 'missing':
    case 'extra':
      return href(['c', id, 'month'], { month: of, show: kind });
    default:
      return kind satisfies never;
  }
}

const Closed = ({
  id,
  of,
  closed,
}: {
  id: string;
  of: View.MonthView;
  closed: NonNullable<View.MonthView['closed']>;
}) => (
  <Notice
    tone={closed.changes.length === 0 ? 'good' : 'asks'}
    action={
      <Button needs="admin" onClick={() => reopen(id, of.month)}>
        {texts.reopen}
      </Button>
    }
  >
    <p>{say(texts.closedBy, { name: closed.by, time: instant(closed.at) })}</p>
    {closed.changes.length > 0 && (
      <>
        <p>{texts.moved}</p>
        <ul>
          {closed.changes.map(({ figure, was, is }) => (
            <li key={`${figure} ${was.currency}`}>
              {sayWith(texts.changes[figure], { was: money(was), is: money(is) })}
            </li>
          ))}
        </ul>
      </>
    )}
  </Notice>
);

async function close(id: string, of: View.MonthView): Promise<void> {
  const name = monthName(of.month);
  const yes = await ask({
    title: say(texts.closeAsk, { month: name }),
    body: texts.closeWhat,
    yes: texts.closeYes,
  });
  if (!yes) return;
  await settle(closeMonth(id, of), say(texts.closed, { month: name }), 'log');
  await month.reload();
}

async function reopen(id: string, of: string): Promise<void> {
  const name = monthName(of);
  const yes = await ask({
    title: say(texts.reopenAsk, { month: name }),
    body: texts.reopenWhat,
    yes: texts.reopen,
  });
  if (!yes) return;
  await settle(reopenMonth(id, of), say(texts.reopened, { month: name }), 'log');
  await month.reload();
}
